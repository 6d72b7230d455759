import Database
import Harness
import TestSupport
import Testing

/// `diff A B`, against a naive comparison of the two books' rows.
@Suite("diff")
struct DiffTests {
    /// Two books of small random catalogues, so that every kind of change happens often.
    private static func database(_ engine: TestEngine, seed: UInt64) throws -> TestDatabase {
        var random = SplitMix64(seed: seed)
        let database = try TestDatabase(engine)
        for day in 1...2 {
            var lines = "vendor,partnumber,lot_name,description,is_primary_pn\n"
            for vendor in ["", "v"] {
                for number in 0..<40 where Int.random(in: 0..<3, using: &random) > 0 {
                    let description = ["\\N", "é", "e\u{301}", "two"][Int.random(in: 0..<4, using: &random)]
                    let flag = Int.random(in: 0..<2, using: &random)
                    lines += "\(vendor),PN-\(number),L\(Int.random(in: 0..<3, using: &random)),\(description),\(flag)\n"
                }
            }
            if day == 1 {
                try database.load(["lot_partnumbers": "vendor,partnumber,lot_name\n"])
                try database.succeed("migrate", "up")
            }
            try database.load(["lot_partnumbers": lines])
            try database.succeed("create", "--now", "2026-11-0\(day)T03:00:00Z")
        }
        return database
    }

    /// PN, then LOT, then flag and description, as the database gives them.
    private static func naive(_ database: TestDatabase, book: Int) throws -> [String: [String: [String]]] {
        var items: [String: [String: [String]]] = [:]
        for row in try database.rows(
            "SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items WHERE book_id = \(book)"
        ) {
            items[row[0], default: [:]][row[1]] = Array(row[2...])
        }
        return items
    }

    private static func same(_ left: [String: [String]], _ right: [String: [String]]) -> Bool {
        left.keys == right.keys
            && left.allSatisfy { lot, values in
                zip(values, right[lot] ?? []).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
            }
    }

    @Test(
        "Each part number is what comparing the rows makes it", arguments: TestEngine.allCases, [1, 2, 3] as [UInt64])
    func differential(engine: TestEngine, seed: UInt64) throws {
        let database = try Self.database(engine, seed: seed)
        let document = try database.expectUntouched { try database.succeed("diff", "1", "active", "--json").json }
        let (before, after) = (try Self.naive(database, book: 1), try Self.naive(database, book: 2))
        var expected: [String: String] = [:]
        for partnumber in Set(before.keys).union(after.keys) {
            switch (before[partnumber], after[partnumber]) {
            case (nil, _): expected[partnumber] = "added"
            case (_, nil): expected[partnumber] = "removed"
            case (let old?, let new?) where old.keys != new.keys: expected[partnumber] = "remapped"
            case (let old?, let new?): expected[partnumber] = Self.same(old, new) ? nil : "changed"
            }
        }
        let changes = document["changes"]?.elements ?? []
        var found: [String: String] = [:]
        for change in changes {
            let partnumber = try #require(change["partnumber"]?.string)
            found[partnumber] = change["change"]?.string
            for (name, book) in [("before", before), ("after", after)] {
                let lots = change[name]?.elements?.compactMap { $0["lot_name"]?.string } ?? []
                #expect(lots == (book[partnumber] ?? [:]).keys.sorted())
            }
        }
        #expect(found == expected)
        #expect(found.count == changes.count)
        #expect(Set(expected.values).count == 4, "every kind of change happens")
        for kind in ["added", "removed", "remapped", "changed"] {
            #expect(document["counts"]?[kind]?.integer == Int64(expected.values.count { $0 == kind }))
        }
        let all = Set(before.keys).union(after.keys).count
        #expect(document["counts"]?["same"]?.integer == Int64(all - expected.count))
    }

    @Test("A book and itself are the same", arguments: TestEngine.allCases)
    func same(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        let document = try database.succeed("diff", "1", "1", "--json").json
        #expect(document["changes"] == [])
        #expect(document["counts"]?["same"] == 5)
    }

    @Test("The table has the counts first, then each part number with what became of it")
    func table() throws {
        let database = try TestDatabase.withBook(
            .sqlite,
            ["lot_partnumbers": "vendor,partnumber,lot_name,description\n,A,L1,one\n,B,L1,\\N\n,C,L1,x\n,D,L1,x\n"])
        try database.load(
            ["lot_partnumbers": "vendor,partnumber,lot_name,description\n,A,L1,two\n,B,L2,\\N\n,D,L1,x\n,E,L3,x\n"])
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        #expect(
            try database.succeed("diff", "PNBOOK-2026-11-20-001", "2").stdout == """
                From PNBOOK-2026-11-20-001 to PNBOOK-2026-11-21-001:

                  added      1  part number
                  removed    1  part number
                  re-mapped  1  to other LOTs
                  changed    1  1 in description
                  the same   1

                  =  A  L1: 'one' -> 'two'
                  ~  B  L1 -> L2
                  -  C  L1
                  +  E  L3

                """)
        let short = try database.succeed("diff", "1", "2", "--limit", "1").stdout
        #expect(short.hasSuffix("  =  A  L1: 'one' -> 'two'\n\n  and 3 more; --limit 0 names them all\n"))
        #expect(try database.succeed("diff", "1", "2", "--limit", "1", "--json").json["changes"]?.elements?.count == 1)
    }

    @Test("A book that does not exist is named")
    func unknown() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        let refused = try database.pnbook("diff", "1", "PNBOOK-1")
        #expect(refused.code == 1)
        #expect(refused.stderr.contains("there is no book 'PNBOOK-1'"))
    }
}
