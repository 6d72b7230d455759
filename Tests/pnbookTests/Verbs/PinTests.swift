import Chronology
import Database
import Harness
import TestSupport
import Testing

@testable import Operations
@testable import PnbookCLI

/// `pin` and `unpin`, and what the other verbs say of pinned and previous books.
@Suite("pin and unpin")
struct PinTests {
    /// Runs a command in this process on `database`, at noon of 20 November 2026.
    private static func run(
        _ database: TestDatabase, _ format: CommandContext.ResultFormat = .text, _ arguments: [String]
    ) throws -> CommandInProcess.Outcome {
        nonisolated(unsafe) let database = database
        var command = CommandInProcess()
        command.clock = RunClock(Instant(iso8601: "2026-11-20T12:00:00Z"))
        command.format = format
        command.connections = ConnectionFactory(
            open: { _ in try database.connect() }, openStoredTasks: { _ in nil },
            openClientFile: { _, _ in throw UnopenedConnection(purpose: .write) })
        return try command.run(arguments)
    }

    private static func text(_ database: TestDatabase, _ arguments: String...) throws -> String {
        let outcome = try run(database, .text, arguments)
        try #require(outcome.error == nil, "\(arguments): \(String(describing: outcome.error))")
        return outcome.stdout
    }

    private static func json(_ database: TestDatabase, _ arguments: String...) throws -> JSON {
        let outcome = try run(database, .json, arguments)
        try #require(outcome.error == nil, "\(arguments): \(String(describing: outcome.error))")
        return try JSON(parsing: outcome.stdout)
    }

    /// Three books of one day, the last one active: the first would go.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.succeed("create", "--now", "2026-11-20T09:12:00Z")
        try database.succeed("pin", "1", "--note", "x")
        try database.load(Catalogues.plain(parts: 4))
        try database.succeed("create", "--now", "2026-11-20T09:13:00Z")
        try database.succeed("unpin", "1")
        return database
    }

    @Test(
        "A pin has its document, says what it was before, and is shown wherever books are",
        arguments: TestEngine.allCases)
    func shown(engine: TestEngine) throws {
        let database = try Self.database(engine)
        #expect(
            try Self.json(database, "prune", "--dry-run")["retention"]?["removed"]?.elements?.map { $0["id"] } == [1])
        let pin: JSON = ["note": "quote 4711", "by": "api:test", "at": "2026-11-20T12:00:00.000Z"]
        var document = try Self.json(database, "pin", "PNBOOK-2026-11-20-001", "--note", "quote 4711")
        // The clock goes on.
        let at = try #require(document["pinned"]?["at"]?.string)
        #expect(at.hasPrefix("2026-11-20T12:00:"))
        #expect(
            document.without("pinned") == [
                "schema": 1, "task": .null, "error": .null, "id": 1, "version": "PNBOOK-2026-11-20-001", "exists": true,
                "changed": true, "before": .null, "is_kept": true, "reasons": ["pinned: quote 4711"],
            ])
        #expect(document["pinned"]?.without("at") == pin.without("at"))

        let books = try #require(Self.json(database, "list")["books"]?.elements)
        #expect(books.map { $0["is_active"] } == [true, false, false])
        #expect(books.map { $0["is_previous"] } == [false, true, false])
        #expect(books.map { $0["is_kept"] } == [true, true, true])
        #expect(books.map { $0["equals_predecessor"] } == [false, true, .null])
        #expect(books.map { $0["pinned"] } == [.null, .null, document["pinned"]])
        #expect(books.map { $0["partnumbers"] } == [4, 3, 3])
        #expect(books[1]["digest"] == books[2]["digest"] && books[0]["digest"] != books[1]["digest"])
        #expect(books.map { $0["reasons"]?[0] } == ["active", "previous", "pinned: quote 4711"])
        let list = try Self.text(database, "list")
        #expect(list.contains("active dwmy\n"))
        #expect(list.contains("=  "))
        #expect(list.contains("previous\n"))
        #expect(list.contains("pinned (quote 4711)\n"))

        let shown = try Self.json(database, "show", "1")
        #expect(shown["pinned"] == document["pinned"] && shown["is_previous"] == false)
        #expect(shown["forecast"]?["kept_until"] == .null)
        #expect(shown["forecast"]?["last_reasons"] == ["pinned: quote 4711"])
        let page = try Self.text(database, "show", "1")
        #expect(page.contains("until      for good, as long as it is pinned\n"))
        #expect(page.contains(" by api:test: quote 4711\n"))
        let previous = try Self.text(database, "show", "previous")
        #expect(previous.contains("PNBOOK-2026-11-20-002 (id 2), previous\n"))
        #expect(previous.contains("until      about 2026-11-21, at last as previous\n"))
        #expect(previous.contains("another book is the previous one, and no tier keeps this one\n"))
        let active = try Self.text(database, "show", "newest")
        #expect(active.contains("activated  2026-11-20 09:13:00 UTC by manual:"))

        document = try Self.json(database, "pin", "1", "--note", "quote 4711")
        #expect(document["changed"] == false && document["pinned"]?["at"]?.string == at)
        #expect(
            try Self.text(database, "pin", "1", "--note", "other") == """
                PNBOOK-2026-11-20-001 (id 1) is kept for good: other
                The note was: quote 4711 (api:test, 2026-11-20 12:00:00 UTC)

                """)
        document = try Self.json(database, "unpin", "1")
        #expect(document["pinned"] == .null && document["before"]?["note"] == "other" && document["changed"] == true)
        #expect(document["is_kept"] == false && document["reasons"]?[0] == "day 2026-11-20 is represented by 3")
        #expect(
            try Self.text(database, "unpin", "1")
                == "PNBOOK-2026-11-20-001 (id 1) is not pinned; nothing was changed.\n")
        #expect(try Self.text(database, "list").contains("goes\n"))
    }

    @Test("What an unpinned book becomes is said", arguments: TestEngine.allCases)
    func unpinned(engine: TestEngine) throws {
        let database = try Self.database(engine)
        _ = try Self.text(database, "pin", "1", "--note", "n")
        #expect(
            try Self.text(database, "unpin", "1")
                == "PNBOOK-2026-11-20-001 (id 1) is no longer pinned; the next retention removes it.\n")
        _ = try Self.text(database, "pin", "previous", "--note", "n")
        #expect(
            try Self.text(database, "unpin", "previous")
                == "PNBOOK-2026-11-20-002 (id 2) is no longer pinned; for now it stays as: previous\n")
        _ = try Self.text(database, "pin", "1", "--note", "n")
        try database.run(
            "DELETE FROM qt_partnumber_book_items WHERE book_id = 1", "DELETE FROM qt_partnumber_books WHERE id = 1")
        let verify = try Self.run(database, .text, ["verify"])
        #expect(verify.error == nil)
        #expect(verify.stdout.contains("1 pin is of a book that no longer exists, removed by hand or by"))
        #expect(
            try Self.text(database, "unpin", "1")
                == "PNBOOK-2026-11-20-001 (id 1) no longer exists; its pin is forgotten.\n")
    }

    @Test("Hidden characters of a note never reach the terminal, and are in JSON as they are")
    func hidden() throws {
        let database = try Self.database(.sqlite)
        let note = "a\u{1B}[31m\nb\u{202E}"
        let text = try Self.text(database, "pin", "1", "--note", note)
        #expect(text == "PNBOOK-2026-11-20-001 (id 1) is kept for good: a\\u{1b}[31m\\u{a}b\\u{202e}\n")
        for arguments in [["list"], ["show", "1"], ["prune", "--dry-run"], ["verify"]] {
            let printed = try Self.run(database, .text, arguments).stdout
            #expect(!printed.contains("\u{1B}") && !printed.contains("\u{202E}"), "\(arguments)")
        }
        #expect(try Self.json(database, "list")["books"]?[2]?["pinned"]?["note"] == .string(note))
    }

    @Test("What cannot be pinned is refused with a word, and changes nothing")
    func refused() throws {
        let database = try Self.database(.sqlite)
        for (arguments, code, words) in [
            (["pin", "1", "--note", "  "], 64, "the note is empty"), (["pin", "1"], 64, "--note"),
            (["pin", "1", "--note", String(repeating: "n", count: 201)], 64, "the note has 201 characters"),
            (["pin", "99", "--note", "n"], 1, "there is no book '99'"), (["unpin", "99"], 1, "there is no book '99'"),
        ] as [([String], Int32, String)] {
            let result = try database.expectUntouched { try database.pnbook(arguments) }
            result.expectRefusal(code, saying: words)
        }
        try database.run("DROP TABLE pnbook_pins")
        try database.expectUntouched { try database.pnbook("pin", "1", "--note", "n") }
            .expectRefusal(10, saying: "pnbook_pins does not exist yet", "pnbook migrate up")
    }
}
