/// A foreign key, seen from the table that it refers to.
package struct TableReference: Hashable, Sendable {
    /// Whose key it is.
    package var table: String
    /// Nil where the engine gives it no name.
    package var name: String?
    /// `CASCADE`, `RESTRICT`, `NO ACTION`, `SET NULL`.
    package var onDelete: String

    package init(table: String, name: String?, onDelete: String) {
        self.table = table
        self.name = name
        self.onDelete = onDelete
    }
}
