/// Something about a table that keeps the program from working with it as it is.
package struct SchemaDifference: Hashable, Sendable {
    /// A table, or `table.column`.
    package let object: String
    /// What differs, and what is needed.
    package let message: String
    /// The statement or command that changes it, or nil where neither exists.
    package let remedy: String?

    package init(_ object: String, _ message: String, remedy: String?) {
        self.object = object
        self.message = message
        self.remedy = remedy
    }
}
