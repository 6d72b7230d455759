import Chronology
import Database
import Foundation
import PartnumberBooks
import TestSupport
import Testing

@Suite("The fixtures' books")
struct FixtureBookTests {
    @Test("There is a fixture for every rule")
    func complete() {
        let names = Fixtures.all.map { URL(fileURLWithPath: $0).lastPathComponent }
        for rule in 1...11 {
            let label = (rule < 10 ? "0" : "") + String(rule)
            #expect(names.contains { $0.hasPrefix(label) }, "rule \(rule)")
        }
        #expect(names.contains("servers"))
    }

    @Test("Each catalogue gives its expected book", arguments: TestEngine.allCases, Fixtures.all)
    func expectedBook(engine: TestEngine, folder: String) throws {
        let fixture = try FixtureCatalogue(folder: folder)
        let expected = fixture.expectation
        let bench = try BookBench(engine)
        try bench.load(folder)
        let report: CreateReport
        do {
            report = try bench.create()
        } catch let error as BookDataError {
            #expect(expected.exit == 65, "\(error)")
            for part in expected.errorContains ?? [] { #expect("\(error)".contains(part)) }
            #expect(try bench.shelf.books().isEmpty)
            return
        } catch let error as GuardRefusal {
            #expect(expected.exit == 14, "\(error)")
            #expect(try bench.shelf.books().isEmpty)
            return
        }
        #expect(expected.exit == 0)
        #expect(expected.status == (report.warnings.isEmpty ? "completed" : "completed_with_warnings"))
        #expect(report.warnings.count == expected.warnings)
        let tallies = report.tallies
        #expect(tallies.rows == expected.source?.rows)
        #expect(tallies.bundles == expected.source?.bundles)
        #expect(tallies.ignoreRules == expected.source?.ignoreRules)
        #expect(tallies.excluded.emptyPartnumber == expected.excluded?.emptyPartnumber)
        #expect(tallies.excluded.emptyLot == expected.excluded?.emptyLot)
        #expect(tallies.excluded.ignored == expected.excluded?.ignored)
        #expect(tallies.excluded.emptyBundle == expected.excluded?.emptyBundle)
        #expect(tallies.expandedRows == expected.expandedRows)
        #expect(tallies.mergedDuplicates == expected.mergedDuplicates)
        #expect(tallies.quantitiesDropped == expected.quantitiesDropped)
        #expect(tallies.conflicts == expected.conflicts?.count)
        #expect(tallies.conflictSample == expected.conflicts?.partnumbers)
        #expect(tallies.items == expected.items)
        #expect(tallies.partnumbers == expected.partnumbers)
        #expect(tallies.digest == expected.digest)
        #expect(try bench.items(of: report.book.id) == fixture.items)
        #expect(try bench.shelf.items.measure(report.book.id).digest == expected.digest)
    }

    @Test("The naive second implementation agrees with the fixtures", arguments: Fixtures.all)
    func naive(folder: String) throws {
        let fixture = try FixtureCatalogue(folder: folder)
        switch NaiveBook.build(fixture.model) {
        case .cycle(let cycles):
            #expect(fixture.expectation.exit == 65)
            #expect(!cycles.isEmpty)
        case .book(let book):
            #expect(fixture.expectation.exit == (book.items.isEmpty ? 14 : 0))
            if let items = fixture.items {
                #expect(book.items == items)
                #expect(book.digest == fixture.expectation.digest)
            }
        }
    }
}
