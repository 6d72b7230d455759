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
