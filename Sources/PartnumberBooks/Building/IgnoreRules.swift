/// The part numbers that never go into a book (rule 4).
struct IgnoreRules {
    private var literals = KeySet()
    private var globs = GlobIndex()

    /// Distinct rules; those that can match nothing are not counted.
    var count: Int { literals.count + globs.count }

    /// Takes one ignored row of the seen table; blank ones are junk and are passed over.
    mutating func insert(_ partnumber: String, isPattern: Bool) {
        let key = Key(partnumber)
        if key.isEmpty { return }
        if isPattern {
            globs.insert(Glob(key: key))
        } else {
            literals.insert(key)
        }
    }

    /// Whether a trimmed part number is ignored.
    func matches(_ partnumber: UnsafeRawBufferPointer) -> Bool {
        if literals.contains(partnumber) { return true }
        return !globs.isEmpty && globs.matches(Key(trimmed: partnumber))
    }
}
