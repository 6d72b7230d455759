package import ErrorModel

/// Something about a table that keeps the program from working with it as it is.
package struct SchemaDifference: Hashable, Sendable {
    /// A table, or `table.column`.
    package let object: String
    /// What differs, and what is needed.
    package let message: DisplayText
    /// The statement or command that changes it, or nil where neither exists.
    package let remedy: DisplayText?

    package init(_ object: String, _ message: DisplayText, remedy: DisplayText?) {
        self.object = object
        self.message = message
        self.remedy = remedy
    }
}
