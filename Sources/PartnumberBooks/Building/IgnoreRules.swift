/// The part numbers that never go into a book (rule 4).
struct IgnoreRules: Sendable {
    private var literals: Set<String> = []
    private var globs: Set<Glob> = []

    /// Distinct rules; those that can match nothing are not counted.
    var count: Int { literals.count + globs.count }

    /// Takes one ignored row of the seen table; blank ones are junk and are passed over.
    mutating func insert(_ partnumber: String, isPattern: Bool) {
        let key = Key(partnumber)
        if key.isEmpty { return }
        if isPattern {
            globs.insert(Glob(key: key))
        } else {
            literals.insert(key.text)
        }
    }

    /// Whether a trimmed part number is ignored.
    func matches(_ partnumber: UnsafeRawBufferPointer) -> Bool {
        if literals.isEmpty && globs.isEmpty { return false }
        let key = Key(trimmed: partnumber)
        if literals.contains(key.text) { return true }
        if globs.isEmpty { return false }
        let characters = Array(key.text)
        return globs.contains { $0.matches(characters) }
    }
}

/// A pattern over keys: `*` is any run of characters, also none; `?` is exactly one.
///
/// A character is what a reader takes for one (Swift's `Character`): keys compare by canonical equivalence, under which
/// code points cannot be counted.
struct Glob: Hashable, Sendable {
    private let pattern: [Character]

    init(key: Key) {
        pattern = Array(key.text)
    }

    /// Linear but for repeats of the last star: on a mismatch the last star swallows one character more.
    func matches(_ text: [Character]) -> Bool {
        var position = 0
        var index = 0
        var star: Int?
        var resume = 0
        while position < text.count {
            if index < pattern.count, pattern[index] == "*" {
                star = index
                resume = position
                index += 1
            } else if index < pattern.count, pattern[index] == "?" || pattern[index] == text[position] {
                index += 1
                position += 1
            } else if let star {
                resume += 1
                position = resume
                index = star + 1
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == "*" }
    }
}
