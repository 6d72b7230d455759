/// Something about a table that keeps the program from working with it as it is.
package struct SchemaDifference: Hashable, Sendable {
    /// A table, or `table.column`.
    package let object: String
    /// What is the matter, with what is needed.
    package let words: String
    /// The statement or command that changes it, or nil where there is none.
    package let remedy: String?

    package init(_ object: String, _ words: String, remedy: String?) {
        self.object = object
        self.words = words
        self.remedy = remedy
    }
}
