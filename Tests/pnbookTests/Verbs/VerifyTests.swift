import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `verify`: each promise (<doc:ReaderProtocol#Promises>) broken by hand, past the program, is reported by the check that is
/// for it.
@Suite("verify")
struct VerifyTests {
    /// `active_book` and `2 names` of a report.
    static func broken(_ document: JSON) -> [String] {
        let ofShelf = (document["all_books"]?.elements ?? []).filter { $0["result"] == "broken" }
        let ofBooks = (document["books"]?.elements ?? []).flatMap { book in
            (book["checks"]?.elements ?? []).filter { $0["result"] == "broken" }
                .map { "\(book["id"]?.integer ?? 0) \($0["check"]?.string ?? "")" }
        }
        return ofShelf.compactMap { $0["check"]?.string } + ofBooks
    }

    @Test("Each broken promise is found by its check, and by no other", arguments: TestEngine.allCases)
    func damaged(engine: TestEngine) throws {
        let tables = try LooseTables(engine)
        let whole = try tables.database.expectUntouched { try tables.database.pnbook("verify", "--json") }
        #expect(whole.code == 0, "\(whole.stdout)")
        #expect(Self.broken(try whole.json) == [])
        for damage in VerifyDamage.all {
            if engine == .mariadb && damage.isOfSQLite { continue }
            try tables.restore()
            for statement in damage.statements { try tables.database.run(SQL(raw: statement)) }
            let result = try tables.database.expectUntouched { try tables.database.pnbook("verify", "--json") }
            #expect(Self.broken(try result.json) == damage.broken, "\(damage.name): \(result.stdout)")
            #expect(result.code == (damage.broken.isEmpty ? 0 : 1), "\(damage.name)")
            #expect(result.stderr == "", "\(damage.name)")
            #expect(try result.json["holds"] == .bool(damage.broken.isEmpty))
            let text = try tables.database.pnbook("verify")
            #expect(text.code == result.code, "\(damage.name)")
            #expect(text.stdout.contains("BROKEN") == !damage.broken.isEmpty, "\(damage.name): \(text.stdout)")
            for words in damage.words { #expect(text.stdout.contains(words), "\(damage.name): \(text.stdout)") }
            let quiet = try tables.database.pnbook("verify", "--quiet")
            #expect(quiet.code == result.code && quiet.stdout == "")
            #expect(quiet.stderr.components(separatedBy: "broken: ").count - 1 == damage.broken.count)
        }
    }

    @Test("With a book named, its items alone are read, and the shelf is checked all the same")
    func oneBook() throws {
        let tables = try LooseTables(.sqlite)
        let database = tables.database
        try database.run(
            SQL(raw: VerifyDamage.item("2", "''", "'LOT-1'")), SQL(raw: VerifyDamage.item("77", "'PN-1'", "'LOT-1'")))
        for name in ["1", "active", "PNBOOK-2026-11-20-001"] {
            let document = try database.pnbook("verify", name, "--json").json
            #expect(document["books"]?.elements?.map { $0["id"] } == [1])
            #expect(Self.broken(document) == ["items_have_headers"])
        }
        #expect(Self.broken(try database.pnbook("verify", "2", "--json").json) == ["items_have_headers", "2 names"])
        try database.pnbook("verify", "3").expectRefusal(1, saying: "there is no book '3'", "pnbook list")
    }

    @Test("What holds is told in a line each", arguments: TestEngine.allCases)
    func text(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000")
        let result = try database.expectUntouched { try database.succeed("verify", "--against-catalogue") }
        #expect(
            result.stdout == """
                ok  active book         PNBOOK-2026-11-20-001 (id 1)
                ok  headers             2 readable
                ok  ids                 none was ever another book's
                ok  headers have items  each book has items
                ok  items have headers  each item has a book
                ok  book 1              PNBOOK-2026-11-20-001: 5 items of 5 part numbers, as published
                ok  book 2              PNBOOK-2026-11-19-001: 1 item of 1 part number, nothing was recorded: another program made this book
                ok  catalogue           PNBOOK-2026-11-20-001 (id 1) is what a book made now would be

                Everything holds.

                """)
    }

    @Test("A database without books keeps all promises; one without the tables is the usual refusal")
    func withoutBooks() throws {
        for engine in TestEngine.allCases {
            let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 1))
            let result = try database.succeed("verify", "--against-catalogue", "--json").json
            #expect(result["holds"] == true && result["books"] == [])
            #expect(result["catalogue"]?["result"] == "not_checked")
            try database.pnbook("verify", "active").expectRefusal(1, saying: "there is no active book yet")
            let bare = try TestDatabase(engine)
            try bare.load(Catalogues.plain(parts: 1))
            try bare.pnbook("verify").expectRefusal(
                10, saying: "migrations are pending: 026, 027, 028", "pnbook migrate up")
        }
    }
}
