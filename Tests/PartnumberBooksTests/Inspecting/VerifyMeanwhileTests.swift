import Database
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A book is published and another removed at one call of `verify` after another: that is no broken promise.
@Suite("Verifying while books come and go")
struct VerifyMeanwhileTests {
    @Test(
        "Whenever a book is published and one removed, all promises hold", arguments: TestEngine.allCases,
        [false, true])
    func everyCall(engine: TestEngine, withOwnReader: Bool) throws {
        let bench = try BookBench(engine)
        try bench.load(
            CatalogueModel(
                mappings: (0..<5).map {
                    .init(vendor: "", partnumber: "PN-\($0)", lot: "LOT", description: nil, isPrimary: true)
                }, bundles: [], components: [], seen: []))
        var minute = 10
        func publish() throws {
            // Of the same day, so that the one before the previous one goes.
            let report = try bench.create(at: "2026-11-20T03:\(minute):00Z")
            minute += 1
            #expect(report.retention.removed.count == (minute < 13 ? 0 : 1))
        }
        try publish()
        try publish()
        var target = 1
        var calls = 0
        repeat {
            calls = 0
            let meanwhile = { (_: ConnectionCall) in
                calls += 1
                if calls == target { try publish() }
            }
            let record = ForwardingConnection(try bench.database.connect(), before: meanwhile)
            let reader =
                withOwnReader ? ForwardingConnection(try bench.database.connect(), before: meanwhile) : record
            defer {
                record.close()
                reader.close()
            }
            let report = try VerifyBooks(reader: reader, record: record).run(nil, againstCatalogue: true)
            #expect(report.broken == [], "call \(target)")
            #expect(report.books.count == 2 && report.books.first?.recordedDigest != nil, "call \(target)")
            target += 1
        } while target <= calls
        #expect(calls > 15)
    }
}
