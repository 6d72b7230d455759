import Database
import DatabaseMariaDB
import TestSupport
import Testing

/// A refusal for want of a right names the GRANT that cures it; each test gives exactly that and tries again.
@Suite("Missing rights on MariaDB")
struct MariaDBRightsTests {
    private static func grant(_ error: DatabaseError?) -> String? {
        guard case .missingRight(let grant) = error?.kind else { return nil }
        return grant
    }

    @Test(
        "A statement without the right names the GRANT, which cures it",
        arguments: [
            ("SELECT id, note FROM lot", "SELECT", 1142), ("INSERT INTO lot VALUES (2, 'b')", "INSERT", 1142),
            ("UPDATE lot SET note = 'c'", "UPDATE", 1142), ("DELETE FROM lot", "DELETE", 1142),
            ("DROP TABLE lot", "DROP", 1142), ("CREATE INDEX by_note ON lot (note)", "INDEX", 1142),
        ])
    func tableRights(sql: String, right: String, code: Int) throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        try root.execute("CREATE TABLE lot (id INTEGER, note VARCHAR(10))")
        let user = try TestUser(of: database)
        try user.letIn(root)
        let connection = try user.connect()
        let error = #expect(throws: DatabaseError.self) { try connection.execute(SQL(raw: sql)) }
        #expect(error?.code == code)
        #expect(Self.grant(error) == "GRANT \(right) ON `\(database.schema)`.`lot` TO \(user.account)")
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        try connection.execute(SQL(raw: sql))
    }

    @Test("A new table needs CREATE on its own name")
    func create() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        let user = try TestUser(of: database)
        try user.letIn(root)
        let connection = try user.connect()
        let error = #expect(throws: DatabaseError.self) { try connection.execute("CREATE TABLE made (id INTEGER)") }
        #expect(error?.code == 1142)
        #expect(Self.grant(error) == "GRANT CREATE ON `\(database.schema)`.`made` TO \(user.account)")
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        #expect(try connection.execute("CREATE TABLE made (id INTEGER)") == 0)
    }

    @Test("Altering asks for one right after the other, and every GRANT named helps")
    func alter() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        try root.execute("CREATE TABLE lot (id INTEGER)")
        let user = try TestUser(of: database)
        try user.letIn(root)
        let connection = try user.connect()
        var grants: [String] = []
        for _ in 0..<5 {
            do {
                try connection.execute("ALTER TABLE lot RENAME TO moved")
                break
            } catch let error as DatabaseError {
                let grant = try #require(Self.grant(error), "\(error)")
                #expect(!grants.contains(grant))
                grants.append(grant)
                try root.execute(SQL(raw: grant))
            }
        }
        #expect(grants.first == "GRANT DROP, ALTER ON `\(database.schema)`.`lot` TO \(user.account)")
        #expect(try root.columns(of: "moved")?.count == 1)
    }

    @Test("A bulk insert without the right names the GRANT, which cures it")
    func bulkInsert() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        try root.execute("CREATE TABLE lot (id INTEGER)")
        let user = try TestUser(of: database)
        try user.letIn(root)
        let connection = try user.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.insertInBulk(into: "lot", ["id"], [[.integer(1)]])
        }
        #expect(Self.grant(error) == "GRANT INSERT ON `\(database.schema)`.`lot` TO \(user.account)")
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        #expect(try connection.insertInBulk(into: "lot", ["id"], [[.integer(1)]]) == 1)
    }

    @Test("A column without the right is named in the GRANT, which cures it in the schema")
    func columnRights() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        try root.execute("CREATE TABLE lot (id INTEGER, note VARCHAR(10))")
        let user = try TestUser(of: database)
        try root.execute("GRANT SELECT (id) ON lot TO \(raw: user.account)")
        let connection = try user.connect()
        #expect(try connection.count("SELECT COUNT(id) FROM lot") == 0)
        let error = #expect(throws: DatabaseError.self) { try connection.count("SELECT COUNT(note) FROM lot") }
        #expect(error?.code == 1143)
        #expect(Self.grant(error) == "GRANT SELECT (`note`) ON `\(database.schema)`.`lot` TO \(user.account)")
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        #expect(try connection.count("SELECT COUNT(note) FROM lot") == 0)
    }

    @Test("A schema without any right refuses the connection with the GRANT, which cures it there and nowhere else")
    func schemaRights() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        // An underscore stands for any character where GRANT reads a schema's name.
        let neighbour = database.schema.replacing("_", with: "x")
        try root.execute("CREATE DATABASE \(identifier: neighbour)")
        defer { _ = try? root.execute("DROP DATABASE \(identifier: neighbour)") }
        let user = try TestUser(of: database)
        let error = #expect(throws: DatabaseError.self) { try user.connect() }
        #expect(error?.code == 1044)
        let schema = database.schema.replacing("_", with: "\\_")
        #expect(
            Self.grant(error) == "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON "
                + "`\(schema)`.* TO \(user.account)")
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        let connection = try user.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER PRIMARY KEY)")
        try connection.execute("CREATE TABLE item (lot INTEGER, FOREIGN KEY (lot) REFERENCES lot (id))")
        try connection.insertInBulk(into: "lot", ["id"], [[.integer(1)]])
        try connection.execute("ALTER TABLE lot ADD COLUMN note VARCHAR(10)")
        try connection.execute("DROP TABLE item")
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 1)
        #expect(throws: DatabaseError.self) { try connection.execute("USE \(identifier: neighbour)") }
    }

    @Test(
        "Names with blanks and quotes make a GRANT that cures as well",
        arguments: ["two words", "it's", "say \"so\"", "tick`tick"])
    func awkwardNames(table: String) throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        try root.execute("CREATE TABLE \(identifier: table) (id INTEGER)")
        let user = try TestUser(of: database)
        try user.letIn(root)
        let connection = try user.connect()
        let error = #expect(throws: DatabaseError.self) { try connection.execute("DELETE FROM \(identifier: table)") }
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        #expect(try connection.execute("DELETE FROM \(identifier: table)") == 0)
    }

    @Test("A right on the whole server is named by the one that allows least, and given it cures")
    func serverRights() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        let user = try TestUser(of: database)
        try user.letIn(root)
        let statement = "SET GLOBAL max_connections = @@max_connections"
        let connection = try user.connect()
        let error = #expect(throws: DatabaseError.self) { try connection.forEachRow(SQL(raw: statement)) { _ in } }
        #expect(error?.code == 1227)
        #expect(Self.grant(error) == "GRANT CONNECTION ADMIN ON *.* TO \(user.account)")
        try root.execute(SQL(raw: try #require(Self.grant(error))))
        try user.connect().execute(SQL(raw: statement))
    }
}
