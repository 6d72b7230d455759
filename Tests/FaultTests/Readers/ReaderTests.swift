import Database
import Foundation
import Harness
import TestSupport
import Testing

/// A minute in the life of a client: books come and go around it, and it never meets what the contract rules out.
@Suite("A reader for a minute", .serialized)
struct ReaderTests {
    /// `PNBOOK_TEST_READER_SECONDS`, or a minute.
    private static let seconds =
        ProcessInfo.processInfo.environment["PNBOOK_TEST_READER_SECONDS"].flatMap(Double.init) ?? 60

    @Test("Nobody who may only read the two tables of books ever sees a broken one")
    func minute() throws {
        let scene = try Scene(.mariadb, rows: 1500)
        let user = try ReadingUser(on: scene.database)
        try user.expectNothingElse()
        let traffic = try BookTraffic(scene)
        let clients = [ReadingClient.Manner.autocommit, .snapshot]
        let start = ContinuousClock.now
        let isOver: @Sendable () -> Bool = { ContinuousClock.now - start > .seconds(Self.seconds) }
        let reading = try clients.map { manner in
            nonisolated(unsafe) let client = ReadingClient(manner, try user.connect())
            return (client, OtherThread { client.run(until: isOver) })
        }
        let working = [
            OtherThread { try traffic.create(until: isOver) }, OtherThread { try traffic.prune(until: isOver) },
        ]
        let patience = Self.seconds + 60
        for work in working { try work.wait(seconds: patience) }
        for (_, work) in reading { try work.wait(seconds: patience) }

        let made = traffic.made
        print("made \(made.count) books, pruned \(traffic.prunings) times, \(try scene.books().count) stand")
        for (client, _) in reading {
            let tally = client.tally
            print("\(tally)")
            #expect(tally.broken == [])
            for (id, digest) in client.pulled {
                #expect(made[id] == digest, "book \(id) is not what was reported at its creation")
            }
            // Enough of it, on a busy machine as well.
            #expect(Double(tally.syncs) > Self.seconds / 2)
            #expect(tally.pulled > made.count / 3)
            #expect(Double(tally.comparedAgain) > Self.seconds / 3)
        }
        #expect(Double(made.count) > Self.seconds / 6)
        #expect(Double(traffic.prunings) > Self.seconds / 10)
        #expect(made.count - (try scene.books().count) > made.count / 3, "retention was at work")
        #expect(try scene.brokenPromises() == [])
    }
}

/// A MariaDB user with SELECT on the two tables of books, and on nothing else.
private final class ReadingUser {
    private let database: TestDatabase
    private let name = "r_" + UUID().uuidString.replacing("-", with: "").lowercased().prefix(12)

    init(on database: TestDatabase) throws {
        self.database = database
        let server = try TestDatabase.server()
        defer { server.close() }
        try server.execute(SQL(raw: "CREATE USER '\(name)'@'localhost'"))
        for table in ["qt_partnumber_books", "qt_partnumber_book_items"] {
            try server.execute(
                SQL(raw: "GRANT SELECT ON `\(database.schema)`.`\(table)` TO '\(name)'@'localhost'"))
        }
    }

    deinit {
        if let server = try? TestDatabase.server() {
            _ = try? server.execute(SQL(raw: "DROP USER '\(name)'@'localhost'"))
            server.close()
        }
    }

    func connect() throws -> any Connection {
        try database.connect(user: name)
    }

    func expectNothingElse() throws {
        let connection = try connect()
        defer { connection.close() }
        for statement: SQL in [
            "SELECT partnumber FROM lot_partnumbers", "SELECT digest FROM pnbook_book_ledger",
            "UPDATE qt_partnumber_books SET is_active = 0",
        ] {
            #expect(throws: DatabaseError.self) { try connection.execute(statement) }
        }
    }
}
