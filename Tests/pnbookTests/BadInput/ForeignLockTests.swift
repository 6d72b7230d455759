import Database
import ErrorModel
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

@testable import Operations

/// Locks that something else than a run holds: who it is, as far as the account may see, and how it is ended.
@Suite("Bad input: locks that no run holds")
struct ForeignLockTests {
    private static let rights = ["SELECT", "INSERT", "UPDATE", "DELETE"]

    @Test("A reader's session that holds the lock is named to an administrator, with the statement that ends it")
    func session() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        let user = "r_" + UUID().uuidString.prefix(8).lowercased()
        try database.run(
            "CREATE USER \(raw: user)@localhost",
            "GRANT SELECT ON \(identifier: database.schema).* TO \(raw: user)@localhost")
        defer { try? database.run("DROP USER \(raw: user)@localhost") }
        let holder = try database.connect(user: user)
        #expect(try holder.tryLock("books"))
        for arguments in [["create"], ["create", "--migrate"], ["activate", "1"], ["migrate", "up"]] {
            let result = try database.pnbook(arguments)
            if result.code == 0 { continue }
            result.expectRefusal(
                11, saying: "session \(holder.connectionID) of \(user)@localhost (Sleep for ", "no run is recorded",
                "KILL \(holder.connectionID);")
        }
        try database.run("KILL \(raw: String(holder.connectionID))")
        try database.succeed("create", "--wait", "60s")
    }

    @Test("An account without the PROCESS privilege is told the session's number, and what it lacks")
    func withoutProcess() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        let user = try LimitedUser(on: database, rights: Self.rights)
        let holder = try database.connect()
        defer { holder.close() }
        #expect(try holder.tryLock("books"))
        let result = try user.pnbook("create")
        result.expectRefusal(
            11, saying: "session \(holder.connectionID) holds the lock", "an account with the PROCESS privilege sees",
            "WHERE id = \(holder.connectionID);", "KILL \(holder.connectionID);")
    }

    @Test("On SQLite it is a process, named with its user")
    func process() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let holder = try database.connect()
        defer { holder.close() }
        #expect(try holder.tryLock("books"))
        let pid = ProcessInfo.processInfo.processIdentifier
        let result = try database.pnbook("create")
        result.expectRefusal(
            11, saying: "process \(pid) of \(ProcessInfo.processInfo.userName)", "no run is recorded", "kill \(pid)")
    }

    @Test("A process that is not there any more has no lock", arguments: TestEngine.allCases)
    func nobody(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let (one, other) = (try database.connect(), try database.connect())
        defer { other.close() }
        #expect(try other.lockHolder("books") == nil)
        #expect(try one.tryLock("books"))
        #expect(try other.lockHolder("books") != nil)
        #expect(try other.lockHolder("catalogue") == nil)
        try one.unlock("books")
        #expect(try other.lockHolder("books") == nil)
        one.close()
    }

    @Test("Rows that another session holds: it is named, or what the account lacks to see it")
    func rows() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        let user = try LimitedUser(on: database, rights: Self.rights)
        let holder = try database.connect()
        defer { holder.close() }
        try holder.begin(.write)
        _ = try holder.first("SELECT id FROM qt_partnumber_books FOR UPDATE") { $0.integer(0) }
        let timeout = DatabaseError(
            kind: .lockTimeout, engine: .mariadb, code: 1205, message: "Lock wait timeout exceeded", place: "here")
        let named = LockingSessions.named(in: timeout) { try database.connect() }
        let text = "\(String(describing: Remedy(for: named)))"
        #expect(text.contains("session \(holder.connectionID) of root@localhost (Sleep, a transaction of "), "\(text)")
        #expect(ErrorCategory(of: named) == .tryLater)
        let pruning = LockingSessions.named(in: PruneError(book: "B", removedBefore: [], cause: timeout)) {
            try database.connect()
        }
        #expect(
            "\(String(describing: Remedy(for: pruning)))".contains("session \(holder.connectionID) of root@localhost"))
        // Not this user's to see.
        let secret = user.password
        let unnamed = LockingSessions.named(in: timeout) {
            guard case .mariadb(let url) = try DatabaseURL(parsing: try database.url(user: user.name)) else {
                throw timeout
            }
            return try ConnectionFactory(to: .mariadb(url), credentials: { Credentials(password: Secret(secret)) })
                .open(.read)
        }
        #expect("\(String(describing: Remedy(for: unnamed)))".contains("an account with the PROCESS privilege sees"))
        // Other errors stay as they are, and a database that cannot be asked changes nothing.
        let other = LockingSessions.named(in: timeout) { throw timeout }
        #expect(Remedy(for: other) == .waitForOther)
    }
}
