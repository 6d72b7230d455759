import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation
import Harness
import TestSupport
import Testing

/// What fails many times leaves nothing open. Serialized, for it counts what the whole process has open; the other
/// suites' few files go up and down beside it.
@Suite("Leaks", .serialized)
struct LeakTests {
    private static let tolerance = 100

    private static func openFiles() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    /// Runs `body` 500 times, and expects far fewer files to have been left open.
    private static func repeating(_ body: () throws -> Void) throws {
        let before = try openFiles()
        for _ in 0..<500 { try body() }
        let after = try openFiles()
        #expect(after - before < tolerance, "\(before) before, \(after) after")
    }

    @Test("Failing to connect to MariaDB leaves nothing open")
    func mariadbConnect() throws {
        let database = try TestDatabase(.mariadb)
        var absentSchema = try database.options()
        absentSchema.location.schema += "_absent"
        var absentSocket = try database.options()
        absentSocket.location.socket = database.folder + "/absent.sock"
        // Fails after the handshake, when the session is set.
        var absentSession = try database.options()
        absentSession.location.socket = database.folder + "/refusing.sock"
        let refusing = try ScriptedServer(at: database.folder + "/refusing.sock") { _, _ in
            .packets([WirePacket.error(1105, Array("no session".utf8))])
        }
        defer { refusing.stop() }
        try Self.repeating {
            for options in [absentSchema, absentSocket, absentSession] {
                #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
            }
        }
    }

    @Test(
        "Failing to connect to MariaDB closes nothing that another thread has opened",
        arguments: ["mariadb://ann@localhost/s?socket=/absent/it.sock", "mariadb://ann@255.255.255.255/s?tls=disable"])
    func othersFiles(url: String) throws {
        guard case .mariadb(let location) = try DatabaseURL(parsing: url) else { return }
        let isOver = Locked(false)
        let closedByOthers = OtherThread {
            var count = 0
            while !isOver.withLock(\.self) {
                let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
                if close(descriptor) != 0 { count += 1 }
            }
            return count
        }
        let options = MariaDBOptions(location: location)
        for _ in 0..<1000 {
            let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
            #expect(error?.kind == .unreachable)
        }
        isOver.withLock { $0 = true }
        #expect(try closedByOthers.wait() == 0)
    }

    @Test("Failing to open a SQLite file leaves nothing open")
    func sqliteConnect() throws {
        let database = try TestDatabase(.sqlite)
        let notes = database.folder + "/notes.txt"
        try Data(String(repeating: "no database\n", count: 500).utf8).write(to: URL(filePath: notes))
        try Self.repeating {
            for path in [notes, database.folder + "/absent/books.db"] {
                #expect(throws: DatabaseError.self) { try SQLiteConnection(path: path, access: .create) }
            }
        }
    }

    @Test("Connections opened, used and dropped leave nothing open", arguments: TestEngine.allCases)
    func connections(engine: TestEngine) throws {
        struct Enough: Error {}
        let database = try TestDatabase(engine)
        try database.connect().execute("CREATE TABLE lot (id INTEGER)")
        try Self.repeating {
            let connection = try database.connect()
            // A query given up, a refused one and a refused statement would keep a SQLite file open if they stayed.
            #expect(throws: Enough.self) { try connection.forEachRow("SELECT 1") { _ in throw Enough() } }
            #expect(throws: DatabaseError.self) { try connection.count("SELECT absent") }
            #expect(throws: DatabaseError.self) { try connection.execute("DROP TABLE absent") }
            try connection.begin(.write)
            let bulk = try connection.bulkInsert(into: "lot", columns: ["id"])
            try bulk.append([.integer(1)])
            if engine == .sqlite { connection.close() }
        }
        #expect(try database.connect().count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("Failing statements leave no statement open on the server")
    func statements() throws {
        struct Enough: Error {}
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER PRIMARY KEY)")
        try connection.execute("INSERT INTO lot VALUES (1), (2), (3)")
        func counter(_ name: String) throws -> Int {
            try connection.rows("SHOW SESSION STATUS LIKE '\(raw: name)'") { Int($0.integer(1) ?? 0) }.first ?? 0
        }
        for _ in 0..<200 {
            #expect(throws: DatabaseError.self) { try connection.execute("SELECT \(1) FROM absent") }
            #expect(throws: DatabaseError.self) { try connection.execute("INSERT INTO lot VALUES (\(1))") }
            #expect(throws: Enough.self) { try connection.forEachRow("SELECT id FROM lot") { _ in throw Enough() } }
            try connection.execute("SELECT id FROM lot WHERE id > \(0)")
            #expect(throws: DatabaseError.self) {
                let bulk = try connection.bulkInsert(into: "lot", columns: ["id"])
                try bulk.append([.integer(1)])
                try bulk.flush()
            }
        }
        // The statement that asks is itself prepared, and is not yet closed.
        #expect(try counter("Com_stmt_prepare") - counter("Com_stmt_close") <= 201)
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 3)
    }
}
