/// How to open and use one SQLite file.
package struct SQLiteOptions: Sendable {
    package enum Access: Sendable {
        /// The file must exist.
        case readOnly
        /// The file must exist.
        case readWrite
        /// The file is created if it does not exist; its folder must exist.
        case create
    }

    /// The journal mode of a writing connection.
    package enum Journal: Sendable {
        /// The write-ahead log, to which the file is switched.
        case writeAheadLog
        /// Whatever mode the file has: it belongs to another program.
        case unchanged
        /// Rollback journal in memory, no fsync: for a temporary file that becomes visible only after it is synced and
        /// renamed.
        case memoryUnsynced
    }

    package var path: String
    package var access: Access
    /// Ignored by a connection that only reads.
    package var journal = Journal.writeAheadLog
    /// Off only for migrations that rebuild a table (they check at their end), and for files of another program.
    package var enforcesForeignKeys = true
    /// What the names of lock files begin with; ``path`` if nil. Connections to sibling files of one database share their
    /// locks by sharing this.
    package var lockBase: String?

    package init(path: String, access: Access) {
        self.path = path
        self.access = access
    }

    /// Whether it is a file of ours beside a database.
    var isSibling: Bool { lockBase.map { $0 != path } ?? false }

    /// The file as messages name it.
    var place: String { "sqlite:" + path }
}
