import Database
import DatabaseMariaDB
import TestSupport
import Testing

@Suite("Columns of a table")
struct ColumnsTests {
    private static func column(
        _ name: String, _ type: String, _ kind: ColumnDescription.Kind, null isNullable: Bool = true,
        generated isGenerated: Bool = false
    ) -> ColumnDescription {
        ColumnDescription(
            name: name, declaredType: type, kind: kind, isNullable: isNullable, isGenerated: isGenerated)
    }

    @Test("A table that does not stand has no columns at all", arguments: TestEngine.allCases)
    func absent(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        #expect(try connection.columns(of: "lot") == nil)
        try connection.execute("CREATE TABLE lot (id INTEGER)")
        #expect(try connection.columns(of: "lot")?.map(\.name) == ["id"])
        #expect(try connection.columns(of: "lot2") == nil)
        #expect(try connection.columns(of: "lo_") == nil)
        #expect(try connection.columns(of: "%") == nil)
        try connection.execute("DROP TABLE lot")
        #expect(try connection.columns(of: "lot") == nil)
    }

    @Test("SQLite's columns are described in its words, in their order")
    func sqlite() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try database.connect()
        try connection.execute(
            """
            CREATE TABLE lot (
                id INTEGER PRIMARY KEY, name CHAR(255) NOT NULL, note VARCHAR(10000), free TEXT, flag TINYINT(1) NOT NULL,
                big BIGINT, at DATETIME, stamp TIMESTAMP, price DECIMAL(10,2), ratio REAL, exact DOUBLE, loose FLOAT,
                amount NUMERIC, bytes BLOB, untyped, copy TEXT GENERATED ALWAYS AS (name) VIRTUAL,
                kept INTEGER GENERATED ALWAYS AS (flag + 1) STORED)
            """)
        #expect(
            try connection.columns(of: "lot") == [
                Self.column("id", "integer", .integer),
                Self.column("name", "char(255)", .text(limit: 255), null: false),
                Self.column("note", "varchar(10000)", .text(limit: 10_000)),
                Self.column("free", "text", .text(limit: nil)),
                Self.column("flag", "tinyint(1)", .integer, null: false),
                Self.column("big", "bigint", .integer),
                Self.column("at", "datetime", .dateTime),
                Self.column("stamp", "timestamp", .dateTime),
                Self.column("price", "decimal(10,2)", .number),
                Self.column("ratio", "real", .number),
                Self.column("exact", "double", .number),
                Self.column("loose", "float", .number),
                Self.column("amount", "numeric", .number),
                Self.column("bytes", "blob", .other),
                Self.column("untyped", "", .other),
                Self.column("copy", "text", .text(limit: nil), generated: true),
                Self.column("kept", "integer", .integer, generated: true),
            ])
    }

    @Test("MariaDB's columns are described in its words, in their order")
    func mariadb() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute(
            """
            CREATE TABLE lot (
                id BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name CHAR(255) NOT NULL,
                note VARCHAR(10000) CHARACTER SET utf8mb4, free TEXT, flag TINYINT(1) NOT NULL DEFAULT 1, bits BIT(1),
                at DATETIME(3), stamp TIMESTAMP NULL, price DECIMAL(10,2), exact DOUBLE, day DATE, bytes BLOB,
                choice ENUM('a','bcd'), small SMALLINT(6),
                active TINYINT(1) GENERATED ALWAYS AS (IF(flag, 1, NULL)) VIRTUAL,
                kept INT(11) GENERATED ALWAYS AS (small + 1) STORED)
            CHARACTER SET utf8mb4
            """)
        #expect(
            try connection.columns(of: "lot") == [
                Self.column("id", "bigint(20) unsigned", .integer, null: false),
                Self.column("name", "char(255)", .text(limit: 255), null: false),
                Self.column("note", "varchar(10000)", .text(limit: 10_000)),
                Self.column("free", "text", .text(limit: 65_535)),
                Self.column("flag", "tinyint(1)", .integer, null: false),
                Self.column("bits", "bit(1)", .integer),
                Self.column("at", "datetime(3)", .dateTime),
                Self.column("stamp", "timestamp", .dateTime),
                Self.column("price", "decimal(10,2)", .number),
                Self.column("exact", "double", .number),
                Self.column("day", "date", .other),
                Self.column("bytes", "blob", .other),
                Self.column("choice", "enum('a','bcd')", .text(limit: 3)),
                Self.column("small", "smallint(6)", .integer),
                Self.column("active", "tinyint(1)", .integer, generated: true),
                Self.column("kept", "int(11)", .integer, generated: true),
            ])
    }

    @Test("A column of whole numbers is read as whole numbers, and one of text as text", arguments: TestEngine.allCases)
    func kindsAsRead(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        let types =
            engine == .sqlite
            ? ["INTEGER", "BIGINT", "TEXT", "VARCHAR(9)"] : ["INTEGER", "BIGINT UNSIGNED", "BIT(1)", "TEXT", "CHAR(9)"]
        for (index, type) in types.enumerated() {
            let table = "t\(index)"
            try connection.execute("CREATE TABLE \(identifier: table) (v \(raw: type))")
            try connection.execute("INSERT INTO \(identifier: table) VALUES (1)")
            let value = try #require(try connection.first("SELECT v FROM \(identifier: table)") { $0.values[0] })
            switch try #require(try connection.columns(of: table)?.first).kind {
            case .integer: #expect(value == .integer(1), "\(type)")
            case .text: #expect(value == .text("1"), "\(type)")
            default: Issue.record("\(type) is neither")
            }
        }
    }

    @Test("A view's columns are seen like a table's", arguments: TestEngine.allCases)
    func view(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER, note VARCHAR(10))")
        try connection.execute("CREATE VIEW seen AS SELECT note, id FROM lot")
        #expect(try connection.columns(of: "seen")?.map(\.name) == ["note", "id"])
        #expect(try connection.columns(of: "seen")?.map(\.kind) == [.text(limit: 10), .integer])
    }

    @Test("A table of another schema is not seen")
    func otherSchema() throws {
        let (database, other) = (try TestDatabase(.mariadb), try TestDatabase(.mariadb))
        let connection = try database.connect()
        try other.connect().execute("CREATE TABLE lot (id INTEGER)")
        #expect(try connection.columns(of: "lot") == nil)
    }

    @Test("MariaDB tells tables apart by letter case")
    func letterCase() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER)")
        #expect(try connection.columns(of: "LOT") == nil)
    }

    @Test("A table that stands but may not be looked at is an error, not absence")
    func missingRight() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        try root.execute("CREATE TABLE lot (id INTEGER)")
        let user = try TestUser(of: database)
        try user.letIn(root)
        let connection = try user.connect()
        let error = #expect(throws: DatabaseError.self) { try connection.columns(of: "lot") }
        let grant = "GRANT SELECT ON `\(database.schema)`.`lot` TO \(user.account)"
        #expect(error?.kind == .missingRight(grant: grant))
        try root.execute(SQL(raw: grant))
        #expect(try connection.columns(of: "lot")?.map(\.name) == ["id"])
        #expect(try connection.columns(of: "doormat")?.map(\.name) == ["id"])
    }
}
