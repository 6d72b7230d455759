import Database
import TestSupport
import Testing

@Suite("Fixed columns of a bulk insert")
struct FixedColumnTests {
    private static func makeTables(in database: TestDatabase, furtherKey: Bool) throws -> any Connection {
        let connection = try database.connect()
        let options = database.engine == .mariadb ? "ENGINE = InnoDB" : ""
        try connection.execute("CREATE TABLE book (id INTEGER NOT NULL PRIMARY KEY) \(raw: options)")
        try connection.execute("CREATE TABLE lot (id INTEGER NOT NULL PRIMARY KEY) \(raw: options)")
        let further = furtherKey ? ", FOREIGN KEY (lot_id) REFERENCES lot (id)" : ""
        try connection.execute(
            """
            CREATE TABLE item (
                n INTEGER NOT NULL PRIMARY KEY, book_id INTEGER NOT NULL, lot_id INTEGER NOT NULL, grade INTEGER,
                FOREIGN KEY (book_id) REFERENCES book (id)\(raw: further)
            ) \(raw: options)
            """)
        try connection.execute("INSERT INTO lot VALUES (7)")
        return connection
    }

    private static func insert(_ connection: any Connection, book: Int64, known: Bool, lot: Int64, from: Int64) throws {
        let bulk = try connection.bulkInsert(
            into: "item", columns: ["n", "lot_id"],
            fixed: [FixedColumn("book_id", book, referencedTable: known ? "book" : nil), FixedColumn("grade", -3)])
        for n in from..<(from + 3000) { try bulk.append([.integer(n), .integer(lot)]) }
        try bulk.flush()
        #expect(bulk.rowsWritten == 3000)
    }

    @Test("Every row has the value, whether the key is known or not", arguments: TestEngine.allCases)
    func values(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTables(in: database, furtherKey: true)
        try connection.transaction(.write) {
            try connection.execute("INSERT INTO book VALUES (1)")
            try Self.insert(connection, book: 1, known: true, lot: 7, from: 0)
            try Self.insert(connection, book: 1, known: false, lot: 7, from: 3000)
        }
        #expect(
            try connection.values("SELECT COUNT(*), MIN(book_id), MAX(book_id), MIN(grade), MAX(grade) FROM item")
                == [[.integer(6000), .integer(1), .integer(1), .integer(-3), .integer(-3)]])
    }

    @Test("A key that is said to be known lets no other foreign key go unasked", arguments: TestEngine.allCases)
    func otherKeys(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTables(in: database, furtherKey: true)
        try connection.execute("INSERT INTO book VALUES (1)")
        let refused = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) {
                try Self.insert(connection, book: 1, known: true, lot: 8, from: 0)
            }
        }
        #expect(refused?.kind == .constraintViolation)
        #expect(try connection.count("SELECT COUNT(*) FROM item") == 0)
    }

    @Test("MariaDB looks up a known key no more, and every other one as before")
    func unaskedOnMariaDB() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try Self.makeTables(in: database, furtherKey: false)
        // Nobody may say "known" of a key that is not there; here it shows that the server is not asked.
        try Self.insert(connection, book: 99, known: true, lot: 8, from: 0)
        #expect(throws: DatabaseError.self) {
            try Self.insert(connection, book: 99, known: false, lot: 8, from: 3000)
        }
        #expect(throws: DatabaseError.self) {
            try connection.execute("INSERT INTO item VALUES (9000, 99, 8, 0)")
        }
    }
}
