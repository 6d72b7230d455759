/// Finds the ignore rules that leave nothing of a catalogue, for the refusal of a book without items.
///
/// Receives every ignored row until the first row is kept; a sound catalogue has hardly any before that. The first ones are
/// only noted, because patterns are matched one by one. It holds few of them, so that a catalogue of a million ignored rows
/// costs little more than reading it.
struct IgnoreCulprits {
    private let rules: IgnoreRules
    /// Noted and not looked at yet.
    private var noted: [NormalizedKey] = []
    /// Patterns that match every row so far; nil before the first row.
    private var whole: [Candidate]?
    /// Patterns that between them match the rows that have one, in the order in which they were met.
    private var named: [Candidate] = []
    private var literals = 0

    private static let notes = 1000
    /// How many patterns are held or named at most.
    private static let limit = 8

    private struct Candidate {
        let text: String
        let index: GlobIndex

        init(_ text: String) {
            self.text = text
            var index = GlobIndex()
            index.insert(Glob(key: NormalizedKey(text)))
            self.index = index
        }

        func matches(_ key: NormalizedKey) -> Bool { index.matches(key) }
    }

    init(_ rules: IgnoreRules) {
        self.rules = rules
    }

    /// Takes a trimmed part number that is ignored.
    mutating func add(_ partnumber: UnsafeRawBufferPointer) {
        noted.append(NormalizedKey(trimmed: partnumber))
        if noted.count >= Self.notes { lookAtNotes() }
    }

    private mutating func lookAtNotes() {
        for key in noted {
            whole = (whole ?? rules.patterns(matching: key, atMost: Self.limit).map(Candidate.init)).filter {
                $0.matches(key)
            }
            if rules.hasLiteral(key) {
                literals += 1
            } else if !named.contains(where: { $0.matches(key) }), named.count <= Self.limit,
                let pattern = rules.patterns(matching: key, atMost: 1).first
            {
                named.append(Candidate(pattern))
            }
        }
        noted.removeAll(keepingCapacity: true)
    }

    /// The rules, to be asked for after the last row; nil where no row was ignored.
    mutating func verdict() -> IgnoreVerdict? {
        lookAtNotes()
        guard let whole else { return nil }
        if let pattern = whole.first {
            return IgnoreVerdict(patterns: [pattern.text], isAlone: true, hasMore: false, literals: 0)
        }
        return IgnoreVerdict(
            patterns: named.prefix(Self.limit).map(\.text), isAlone: false, hasMore: named.count > Self.limit,
            literals: literals)
    }
}
