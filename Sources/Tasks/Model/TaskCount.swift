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
}
