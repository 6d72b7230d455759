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

/// A table of a storage engine that knows no snapshot.
package struct UnsafeTable: Hashable, Sendable {
    /// Quoted where it must be, with its schema where that is another one.
    package var name: String
    /// `MyISAM`.
    package var engine: String

    package init(name: String, engine: String) {
        self.name = name
        self.engine = engine
    }

    /// The statement that gives it snapshots.
    package var remedy: String { "ALTER TABLE \(name) ENGINE = InnoDB;" }
}

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
