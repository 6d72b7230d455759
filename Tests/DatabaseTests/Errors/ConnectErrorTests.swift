import Database
import DatabaseMariaDB
import DatabaseSQLite
import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

@Suite("Connecting in vain")
struct ConnectErrorTests {
    private static func refused(_ options: MariaDBOptions) -> DatabaseError? {
        #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
    }

    @Test("No SQLite file there, no folder, and a folder in its place are unreachable")
    func noFile() throws {
        let database = try TestDatabase(.sqlite)
        let attempts: [(String, SQLiteOptions.Access)] = [
            (database.folder + "/absent.db", .readOnly), (database.folder + "/absent.db", .readWrite),
            (database.folder + "/absent/books.db", .create), (database.folder, .readOnly), (database.folder, .create),
        ]
        for (path, access) in attempts {
            let error = #expect(throws: DatabaseError.self) { try SQLiteConnection(path: path, access: access) }
            #expect(error?.kind == .unreachable)
            #expect(error.map { $0.code & 0xFF } == 14)
            #expect(error?.place == "sqlite:" + path)
        }
        #expect(!FileManager.default.fileExists(atPath: database.folder + "/absent.db"))
    }

    @Test(
        "A file that is no database, and a damaged one, are told when opened",
        arguments: [SQLiteOptions.Access.readOnly, .readWrite, .create])
    func noDatabase(access: SQLiteOptions.Access) throws {
        let database = try TestDatabase(.sqlite)
        let path = database.folder + "/notes.txt"
        let notes = Data(String(repeating: "These are notes, not a database.\n", count: 200).utf8)
        try notes.write(to: URL(filePath: path))
        let noDatabase = #expect(throws: DatabaseError.self) { try SQLiteConnection(path: path, access: access) }
        #expect(noDatabase?.kind == .notADatabase)
        #expect(noDatabase?.code == 26)
        #expect(try Data(contentsOf: URL(filePath: path)) == notes)

        let whole = try database.connect()
        for table in 0..<100 { try whole.execute("CREATE TABLE \(identifier: "t\(table)") (id INTEGER)") }
        whole.close()
        var bytes = try Data(contentsOf: URL(filePath: database.path))
        for index in 100..<bytes.count { bytes[index] = 0xFF }
        try bytes.write(to: URL(filePath: database.path))
        let damaged = #expect(throws: DatabaseError.self) { try SQLiteConnection(path: database.path, access: access) }
        #expect(damaged?.kind == .notADatabase)
    }

    @Test("No such socket, and a socket that nobody serves, are unreachable")
    func noSocket() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.location.socket = database.folder + "/absent.sock"
        let absent = Self.refused(options)
        #expect(absent?.kind == .unreachable)
        #expect(absent?.code == 2002)
        #expect(absent?.place == "mariadb://root@localhost/\(database.schema)?socket=\(database.folder)/absent.sock")

        let server = try FakeServer(at: .unixSocket(database.folder + "/left.sock"), .hangsUp)
        server.stop()
        options.location.socket = database.folder + "/left.sock"
        #expect(Self.refused(options)?.kind == .unreachable)
    }

    @Test("A socket whose name speaks of TLS is unreachable all the same")
    func misleadingSocket() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.location.socket = database.folder + "/SSL-TLS-certificate.sock"
        #expect(Self.refused(options)?.kind == .unreachable)
    }

    @Test("A port where nobody listens is unreachable")
    func noPort() throws {
        let server = try FakeServer(at: .tcp, .hangsUp)
        let port = server.port
        server.stop()
        let error = Self.refused(
            MariaDBOptions(
                location: MariaDBURL(user: "ann", host: "127.0.0.1", port: port, schema: "shop", tls: .disable)))
        #expect(error?.kind == .unreachable)
        #expect(error?.place == "mariadb://ann@127.0.0.1:\(port)/shop")
    }

    @Test("A server that hangs up, and one that says nothing, are unreachable within the time given")
    func noAnswer() throws {
        let database = try TestDatabase(.mariadb)
        for (name, manner) in [("up.sock", FakeServer.Manner.hangsUp), ("silent.sock", .staysSilent)] {
            let server = try FakeServer(at: .unixSocket(database.folder + "/" + name), manner)
            defer { server.stop() }
            var options = try database.options()
            options.location.socket = database.folder + "/" + name
            options.connectTimeout = 1
            let start = ContinuousClock.now
            #expect(Self.refused(options)?.kind == .unreachable)
            #expect(ContinuousClock.now - start < .seconds(8))
            #expect(server.visits == 1)
        }
    }

    @Test("A server whose queue is full is waited for", arguments: [true, false])
    func fullQueue(isWorkedOff: Bool) throws {
        let database = try TestDatabase(.mariadb)
        let socket = database.folder + "/full.sock"
        let listening = try LocalSocket.listen(at: socket, queue: 0)
        let first = try #require(LocalSocket.connect(to: socket))
        defer { close(first) }
        var options = try database.options()
        options.location.socket = socket
        options.connectTimeout = isWorkedOff ? 20 : 1
        let looks = Locked(0)
        options.proceed = { looks.withLock { $0 += 1 } }
        let attempt = OtherThread { [options] in Self.refused(options) }
        if isWorkedOff {
            try eventually(30, "it waits") { looks.withLock { $0 > 5 } }
        } else {
            _ = try attempt.wait()
        }
        let server = try FakeServer(at: .listening(listening), .hangsUp)
        defer { server.stop() }
        let error = try attempt.wait()
        #expect(error?.kind == .unreachable)
        // Whom it has waited for hangs up; whom it has waited for in vain has heard nothing of it.
        if isWorkedOff { try eventually(30, "it is heard") { server.visits == 2 } }
        #expect(error?.message.string.hasSuffix(" (110)") == !isWorkedOff)
    }

    @Test("A socket counts more than the host beside it")
    func socketBeatsHost() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.location.host = "127.0.0.1"
        options.location.port = 1
        #expect(try MariaDBConnection(options).count("SELECT 1") == 1)
    }

    @Test("localhost with a port is reached over TCP, not over a socket")
    func localhostWithPort() throws {
        let server = try FakeServer(at: .tcp, .hangsUp)
        defer { server.stop() }
        var options = MariaDBOptions(
            location: MariaDBURL(user: "ann", host: "localhost", port: server.port, schema: "shop", tls: .disable))
        options.connectTimeout = 5
        #expect(Self.refused(options)?.kind == .unreachable)
        #expect(server.visits == 1)
    }

    @Test("A schema that does not stand is unreachable, by name")
    func noSchema() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.location.schema = database.schema + "_absent"
        let error = Self.refused(options)
        #expect(error?.kind == .unreachable)
        #expect(error?.code == 1049)
        #expect(error?.message.contains(database.schema + "_absent") == true)
    }

    @Test("A wrong password and an unknown user are denied, and no password shows")
    func denied() throws {
        let database = try TestDatabase(.mariadb)
        let user = try TestUser(of: database, password: "correct-horse")
        var unknown = try user.options(password: "battery-staple")
        unknown.location.user = "nobody"
        for options in [try user.options(password: "battery-staple"), unknown] {
            let error = try #require(Self.refused(options))
            #expect(error.kind == .accessDenied)
            #expect(error.code == 1045)
            #expect(!String(reflecting: error).contains("battery-staple"))
            #expect(!String(reflecting: options).contains("battery-staple"))
        }
    }

    @Test("The right password lets in")
    func letIn() throws {
        let database = try TestDatabase(.mariadb)
        let user = try TestUser(of: database, password: "correct-horse")
        try user.letIn(database.connect())
        #expect(try user.connect().values("SELECT CURRENT_USER()") == [[.text("\(user.name)@localhost")]])
    }
}
