/// The part numbers that never go into a book (<doc:BookRules#Rule-4-ignored-part-numbers>).
struct IgnoreRules {
    private var literals = KeySet()
    private var globs = GlobIndex()
    /// As they are written, trimmed: the index knows them by their symbols only.
    private var patterns: [String] = []

    /// Distinct rules; those that can match nothing are not counted.
    var count: Int { literals.count + globs.count }

    /// Takes one ignored row of the seen table; blank ones are skipped.
    mutating func insert(_ partnumber: String, isPattern: Bool) {
        let key = NormalizedKey(partnumber)
        if key.isEmpty { return }
        if isPattern {
            globs.insert(Glob(key: key))
            var text = partnumber
            patterns.append(
                text.withUTF8 { String(decoding: Whitespace.trimmed(UnsafeRawBufferPointer($0)), as: UTF8.self) })
        } else {
            literals.insert(key)
        }
    }

    /// Whether a trimmed part number is ignored.
    func matches(_ partnumber: UnsafeRawBufferPointer) -> Bool {
        if literals.contains(partnumber) { return true }
        return !globs.isEmpty && globs.matches(NormalizedKey(trimmed: partnumber))
    }

    /// Whether a part number is listed literally.
    func hasLiteral(_ key: NormalizedKey) -> Bool {
        var text = key.text
        return text.withUTF8 { literals.contains(UnsafeRawBufferPointer($0)) }
    }

    /// The shortest of the patterns that match a key, each looked at by itself.
    func patterns(matching key: NormalizedKey, atMost limit: Int) -> [String] {
        let matching = patterns.lazy.filter { pattern in
            var index = GlobIndex()
            index.insert(Glob(key: NormalizedKey(pattern)))
            return index.matches(key)
        }
        return Array(matching.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.prefix(limit))
    }
}
