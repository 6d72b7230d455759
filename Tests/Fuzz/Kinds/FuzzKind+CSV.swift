import Database
import ErrorModel
import Foundation

@testable import PartnumberBooks

/// Files of a catalogue: the same records and errors whatever pieces they are read in, as a second reader has them, and the same again
/// once they are written.
extension FuzzKind {
    static let csv = FuzzKind("csv") { input in
        file.write(input.bytes)
        let whole = CSVReading(file.path)
        for size in [1, 2, 3, 7, 64] {
            Finding.unlessSame(CSVReading(file.path, pieces: size), whole, "read in pieces of \(size)")
        }
        if ForeignEncoding(input.bytes) != nil {
            Finding.unless(whole.problem != nil && whole.records.isEmpty, "another encoding is read")
            return
        }
        let naive = NaiveCSV(input.bytes)
        Finding.unlessSame(whole.records, naive.records, "the records")
        Finding.unlessSame(whole.position, naive.failure, "the place of the error")
        let written = quoted(whole.records)
        file.write(written)
        Finding.unlessSame(CSVReading(file.path).records, whole.records, "written and read again")
    }

    private static let file = FuzzFile("fuzz.csv")

    /// Every text in quotes; NULL as it must be.
    private static func quoted(_ records: [[[UInt8]?]]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        let lines = records.map { record in
            record.map { field in
                guard let field else { return Array("\\N".utf8) }
                return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
            }.joined(separator: [UInt8(ascii: ",")])
        }
        return Array(lines.map { $0 + [0x0A] }.joined())
    }
}

/// What the reader makes of a file, up to its first error.
private struct CSVReading: Equatable {
    /// Nil for NULL.
    var records: [[[UInt8]?]] = []
    var position: CSVPosition?
    var problem: String?

    init(_ path: String, pieces: Int? = nil) {
        do {
            let reader = try pieces.map { try CSVReader(path: path, pieceBytes: $0) } ?? CSVReader(path: path)
            while try reader.readRecord() {
                records.append(reader.fields.indices.map { reader.withField($0) { $0.map(Array.init) } })
            }
        } catch let error as LoadError {
            problem = error.description
            if case .malformed(_, let place, _) = error { position = place }
        } catch {
            Finding.report("the reader throws \(error)")
        }
    }
}
