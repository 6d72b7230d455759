/// How many of what are done.
package struct TaskCount: Sendable, Hashable {
    package var done: Int
    /// Nil where it is not known.
    package var total: Int?
    /// What is counted, in the plural.
    package var unit: String

    package init(_ done: Int, of total: Int? = nil, _ unit: String) {
        self.done = done
        self.total = total
        self.unit = unit
    }

    /// `5 of 10 rows`, with the numbers written by `write`.
    package func text(_ write: (Int) -> String) -> String {
        write(done) + (total.map { " of " + write($0) } ?? "") + " " + unit
    }

    /// Reads what ``text(_:)`` has written with plain digits; nil for anything else.
    init?(text: Substring) {
        var words = text.split(separator: " ", maxSplits: 3).map(String.init)
        guard let done = words.first.flatMap({ Int($0) }), done >= 0 else { return nil }
        words.removeFirst()
        var total: Int?
        if words.first == "of", words.count == 3 {
            guard let number = Int(words[1]), number >= 0 else { return nil }
            total = number
            words.removeFirst(2)
        }
        guard !words.isEmpty else { return nil }
        self.init(done, of: total, words.joined(separator: " "))
    }
}
