import Foundation
import Harness
import TestSupport
import Testing

extension ProgramResult {
    /// Checks what every refusal owes: its exit code, a message on standard error that holds all of `words` (the thing,
    /// the place and the way out), and no result on standard output: under `--json` the envelope with the error alone, and of a
    /// `create` that had read the catalogue what it had seen, of a `prune` the plan that is to be approved.
    func expectRefusal(
        _ expected: Int32, saying words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectRefusal(expected, saying: words, sourceLocation: sourceLocation)
    }

    func expectRefusal(
        _ expected: Int32, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(code == expected, "\(stderr)", sourceLocation: sourceLocation)
        for word in words {
            #expect(
                stderr.contains(word), "standard error does not say '\(word)': \(stderr)",
                sourceLocation: sourceLocation)
        }
        if !stdout.isEmpty {
            let isTally =
                ["this book was", "nothing was written."].contains(where: stdout.contains)
                && stdout.contains("\n  read ")
            let isPlan = stdout.contains("would be removed") && stdout.contains("needs approval")
            let document = isTally || isPlan ? nil : try? json
            let hasNoResult =
                document?.names == ["error", "schema", "task"] || document?["book"]?["id"] == .null
                || document?["needs_approval"] == true
            #expect(
                isTally || isPlan || (hasNoResult && document?["error"]?["code"] == .integer(Int64(expected))),
                "a refusal has no result: \(stdout)", sourceLocation: sourceLocation)
        }
        // A crash would print a backtrace, a bug the raw name of a Swift type.
        #expect(!stderr.contains("Fatal error") && !stderr.contains("Error("), sourceLocation: sourceLocation)
    }
}

extension TestDatabase {
    /// Checks that `body` leaves the tables, their rows and the books as they were. Its own failed task may remain.
    func expectNoChange<Result>(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
    ) throws -> Result {
        let before = try contents().withoutTasks
        let result = try body()
        #expect(try contents().withoutTasks == before, sourceLocation: sourceLocation)
        return result
    }

    /// Checks that `body` leaves everything as it was, tasks and a SQLite file's bytes too.
    func expectUntouched<Result>(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
    ) throws -> Result {
        let before = try contents()
        let bytes = try fileBytes()
        let result = try body()
        #expect(try fileBytes() == bytes, sourceLocation: sourceLocation)
        #expect(try contents() == before, sourceLocation: sourceLocation)
        return result
    }
}
