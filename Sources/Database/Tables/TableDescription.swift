/// A table or a view as the engine describes it: what it takes, and what it does by itself.
package struct TableDescription: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case table
        case view
        /// Keeps every row that was ever in it (MariaDB's `WITH SYSTEM VERSIONING`).
        case systemVersioned
        /// A sequence, a virtual table, or whatever an engine has besides.
        case other(String)
    }

    package var name: String
    package var kind: Kind
    package var columns: [TableColumn]
    package var keys: [TableKey]
    /// Names of triggers, as far as this user may see them.
    package var triggers: [String]
    /// Tables that it reads, itself included, whose rows cannot be read as of one instant.
    package var withoutSnapshots: [UnsafeTable]
    /// Foreign keys of any table on this one, as far as this user may see them.
    package var references: [TableReference]

    package init(
        name: String, kind: Kind, columns: [TableColumn] = [], keys: [TableKey] = [], triggers: [String] = [],
        withoutSnapshots: [UnsafeTable] = [], references: [TableReference] = []
    ) {
        self.name = name
        self.kind = kind
        self.columns = columns
        self.keys = keys
        self.triggers = triggers
        self.withoutSnapshots = withoutSnapshots
        self.references = references
    }

    /// The column of that name, in whatever case the engine tells it.
    package func column(_ name: String) -> TableColumn? {
        columns.first { $0.name.lowercased() == name }
    }
}
