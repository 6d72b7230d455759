/// What the rest of the program must know of an engine, as data: a further engine does not compile before each fact is given.
///
/// What takes more than a value, such as a table's CREATE statement, is an exhaustive switch where it is used.
package struct SQLDialect: Sendable {
    /// The engine, as people write it.
    package let name: String

    // MARK: Locks and transactions

    /// Ends a SELECT that holds the rows it reads until the transaction ends; empty where a write transaction holds everything.
    package let holdingRows: String
    /// Ends a SELECT that reads what has been committed since the transaction began, past rows that others hold; nil where
    /// nothing can be committed beside a write transaction.
    package let readingCommitted: String?
    /// A transaction undoes statements that change tables; else each is committed by itself.
    package let undoesTableChanges: Bool
    /// Tables are changed by making them again with foreign keys switched off, which are checked at the end.
    package let rebuildsTables: Bool

    // MARK: Types

    /// A column's type is only a preference for how values are stored, and is not enforced.
    package let typesAreAdvisory: Bool
    /// A time keeps as many digits of a second as its column's type says.
    package let declaresFractions: Bool
    /// Bytes that a row's columns may take together by their types, long texts excluded; nil for no limit worth naming.
    package let rowBytes: Int?
    /// A foreign key has the very type of the key that it refers to.
    package let referencesHaveSameType: Bool
    /// Compares texts by their bytes.
    package let byteCollation: String

    // MARK: Plans and people

    /// The planner may read a whole table although a key fits: EXPLAIN says so, and FORCE INDEX prevents it.
    package let needsKeyHints: Bool
    /// What shows how a table was made, before its name.
    package let showsTable: String
    /// What gives a missing right is a statement; else a command of the operating system.
    package let rightsAreStatements: Bool
    /// The oldest supported line of the server; nil where there is no server process.
    package let oldestLine: (major: Int, minor: Int)?
}

extension SQLDialect {
    fileprivate static let sqlite = SQLDialect(
        name: "SQLite",
        holdingRows: "", readingCommitted: nil, undoesTableChanges: true, rebuildsTables: true,
        typesAreAdvisory: true, declaresFractions: false, rowBytes: nil, referencesHaveSameType: false,
        byteCollation: "BINARY",
        needsKeyHints: false, showsTable: ".schema", rightsAreStatements: false, oldestLine: nil)

    fileprivate static let mariadb = SQLDialect(
        name: "MariaDB",
        holdingRows: " FOR UPDATE", readingCommitted: " FOR UPDATE SKIP LOCKED", undoesTableChanges: false,
        rebuildsTables: false,
        typesAreAdvisory: false, declaresFractions: true, rowBytes: 65_535, referencesHaveSameType: true,
        byteCollation: "utf8mb4_nopad_bin",
        needsKeyHints: true, showsTable: "SHOW CREATE TABLE", rightsAreStatements: true, oldestLine: (10, 6))
}

extension Engine {
    package var dialect: SQLDialect {
        switch self {
        case .sqlite: .sqlite
        case .mariadb: .mariadb
        }
    }

    /// As people write it.
    package var name: String { dialect.name }
}
