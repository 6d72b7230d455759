/// A column and what it does by itself.
package struct TableColumn: Hashable, Sendable {
    package var description: ColumnDescription
    /// Nil for a column that is not text, and on SQLite.
    package var characterSet: String?
    /// Nil for a column that is not text, and on SQLite.
    package var collation: String?
    /// A row may leave it out: it has a default, may be NULL, or is computed.
    package var mayBeLeftOut: Bool
    /// A row that leaves it out gets a new number.
    package var givesNumbers: Bool
    /// An UPDATE of other columns changes it as well.
    package var changesOnUpdate: Bool

    package var name: String { description.name }

    package init(
        _ description: ColumnDescription, characterSet: String? = nil, collation: String? = nil, mayBeLeftOut: Bool,
        givesNumbers: Bool = false, changesOnUpdate: Bool = false
    ) {
        self.description = description
        self.characterSet = characterSet
        self.collation = collation
        self.mayBeLeftOut = mayBeLeftOut
        self.givesNumbers = givesNumbers
        self.changesOnUpdate = changesOnUpdate
    }
}
