/// An index of a table.
package struct TableKey: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        /// Nil for an expression.
        package var column: String?
        /// How it compares texts; nil for a column that is not text.
        package var collation: String?
        /// Only the beginning of the text is in the key.
        package var isPrefix: Bool

        package init(column: String?, collation: String? = nil, isPrefix: Bool = false) {
            self.column = column
            self.collation = collation
            self.isPrefix = isPrefix
        }
    }

    package var name: String
    package var isUnique: Bool
    /// Only some rows are in it.
    package var isPartial: Bool
    package var parts: [Part]

    package init(name: String, isUnique: Bool, isPartial: Bool = false, parts: [Part]) {
        self.name = name
        self.isUnique = isUnique
        self.isPartial = isPartial
        self.parts = parts
    }
}
