import Database
import TestSupport
import Testing

/// A bulk insert need not name the columns where it fills all of them; whatever the table has, each value goes where it
/// belongs.
@Suite("Bulk inserts of whole rows")
struct WholeRowTests {
    private static func makeTable(in database: TestDatabase, _ columns: String) throws -> any Connection {
        let connection = try database.connect()
        let options = database.engine == .mariadb ? "ENGINE = InnoDB" : ""
        try connection.execute("CREATE TABLE item (\(raw: columns)) \(raw: options)")
        return connection
    }

    @Test(
        "Each value goes into its column, whatever order the table has and whatever more it has",
        arguments: TestEngine.allCases,
        [
            "book INTEGER, pn INTEGER, lot INTEGER", "book INTEGER, lot INTEGER, pn INTEGER",
            "pn INTEGER, lot INTEGER, book INTEGER",
            "book INTEGER, pn INTEGER, lot INTEGER, more INTEGER DEFAULT 4",
            "id INTEGER DEFAULT 0, book INTEGER, pn INTEGER, lot INTEGER",
            "book INTEGER, pn INTEGER, lot INTEGER, double_lot INTEGER GENERATED ALWAYS AS (2 * lot) VIRTUAL",
        ])
    func order(engine: TestEngine, columns: String) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTable(in: database, columns)
        try connection.transaction(.write) {
            let bulk = try connection.bulkInsert(
                into: "item", columns: ["pn", "lot"], fixed: [FixedColumn("book", 1)])
            try bulk.append([.integer(2), .integer(3)])
            try bulk.flush()
        }
        #expect(
            try connection.values("SELECT book, pn, lot FROM item") == [[.integer(1), .integer(2), .integer(3)]])
    }

    @Test("On MariaDB nobody changes the columns before the transaction ends")
    func columnsStay() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try Self.makeTable(in: database, "book INTEGER, pn INTEGER, lot INTEGER")
        let other = try database.connect()
        try other.execute("SET SESSION lock_wait_timeout = 1")
        let change: SQL = "ALTER TABLE item MODIFY lot INTEGER AFTER book"
        try connection.transaction(.write) {
            let bulk = try connection.bulkInsert(into: "item", columns: ["book", "pn", "lot"])
            let refused = #expect(throws: DatabaseError.self) { try other.execute(change) }
            #expect(refused?.kind == .lockTimeout)
            try bulk.append([.integer(1), .integer(2), .integer(3)])
            try bulk.flush()
        }
        try other.execute(change)
        #expect(
            try connection.values("SELECT book, pn, lot FROM item") == [[.integer(1), .integer(2), .integer(3)]])
    }

    @Test("On MariaDB who may write and not read names the columns")
    func writeOnly() throws {
        let database = try TestDatabase(.mariadb)
        let root = try Self.makeTable(in: database, "book INTEGER, pn INTEGER")
        let user = try TestUser(of: database)
        try user.letIn(root)
        try root.execute("GRANT INSERT ON `\(raw: database.schema)`.item TO \(raw: user.account)")
        let connection = try user.connect()
        try connection.transaction(.write) {
            let bulk = try connection.bulkInsert(into: "item", columns: ["book", "pn"])
            try bulk.append([.integer(1), .integer(2)])
            try bulk.flush()
        }
        #expect(try root.values("SELECT book, pn FROM item") == [[.integer(1), .integer(2)]])
    }
}
