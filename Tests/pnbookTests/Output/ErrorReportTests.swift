import Database
import ErrorModel
import Foundation
import Operations
import TestSupport
import Testing

@testable import PnbookCLI

/// What every error says of itself, and how the command line words it.
@Suite("Errors")
struct ErrorReportTests {
    @Test("Each category has an exit code of its own, and a name in snake case that stays")
    func categories() {
        let codes = ErrorCategory.allCases.map { ExitStatus($0).rawValue }
        #expect(Set(codes).count == codes.count)
        #expect(codes == [1, 10, 11, 12, 13, 14, 64, 65, 69, 74, 75, 77, 78, 130, 143])
        #expect(
            ErrorCategory.allCases.map(\.rawValue) == [
                "failed", "migrations_pending", "busy", "migration_half_applied", "schema", "refused", "usage",
                "bad_data", "unreachable", "output", "try_later", "permission", "configuration", "interrupted",
                "terminated",
            ])
        // What is no error: done, and done with warnings.
        #expect(Set(ExitStatus.allCases.map(\.rawValue)).subtracting(codes) == [0, 3])
    }

    @Test("Each category is reached by an error of the program")
    func reached() {
        #expect(
            Set(ErrorSamples.all.map(\.category)) == Set(ErrorCategory.allCases),
            "\(Set(ErrorCategory.allCases).subtracting(ErrorSamples.all.map(\.category)))")
    }

    @Test("Each type of error has samples here, and none but a few that never leave their file is without a category")
    func complete() throws {
        let declared = try ErrorSamples.declaredTypes()
        #expect(Set(ErrorSamples.all.map { "\(type(of: $0))" }) == declared.diagnosable)
        #expect(
            declared.others == [
                // Caught where they are thrown, or where a call of the same file is made.
                "BadValue", "BatchQueueStalled", "BatchQueueStopped", "BatchRefused", "Closed", "Delivered", "Failure",
                "NotInOrder",
                "OutOfTime", "SessionNotFound",
                // Caught by the only one that asks for it, of the same folder.
                "Fault", "RefusalOfAll",
                // It becomes a DatabaseError where the driver meets it.
                "WireFault",
                // A fault of the program or of a test itself.
                "UnopenedConnection",
                // Everything has been said but the words on stderr, which are its cause's.
                "ReportedFailure",
            ])
    }

    @Test("What happened and what helps are said apart, and once each", arguments: ErrorSamples.all.indices)
    func words(index: Int) {
        let error = ErrorSamples.all[index]
        let report = ErrorReport(of: error)
        #expect(report.code == ExitStatus(error.category).rawValue && report.kind == error.category.rawValue)
        #expect(report.message.hasPrefix(error.description))
        #expect(!report.message.hasSuffix("."), "\(report.message)")
        #expect((report.fix == nil) == (error.remedy == nil))
        guard let fix = report.fix else {
            #expect(report.text == report.message)
            return
        }
        let (text, message) = (report.text.string, report.message.string)
        #expect(text.hasPrefix(message) && text.hasSuffix(fix.string) && !message.contains(fix.string))
    }

    @Test("No error names a command or a flag: those are the command line's", arguments: ErrorSamples.all.indices)
    func neutral(index: Int) {
        let error = ErrorSamples.all[index]
        for text in [error.description, error.summary.string] {
            #expect(!text.contains("'pnbook ") && !text.contains("pnbook migrate"), "\(text)")
            #expect(text.firstMatch(of: #/(^|\s|\()--[a-z]/#) == nil, "\(text)")
        }
    }

    @Test("Each remedy is a sentence, and a command where there is one", arguments: ErrorSamples.remedies)
    func remedies(remedy: Remedy) {
        let sentence = remedy.sentence.string
        #expect(sentence.first.map { $0.isUppercase || "'" == $0 } == true, "\(sentence)")
        #expect(!sentence.hasSuffix(".") && !sentence.contains("Optional") && !sentence.contains("  "), "\(sentence)")
        #expect(!remedy.commands.isEmpty && remedy.commands.allSatisfy { !$0.isEmpty && !$0.hasSuffix(".") })
    }

    @Test("The samples name every remedy there is")
    func everyRemedy() {
        #expect(Set(ErrorSamples.remedies.map(ErrorSamples.ordinal)) == Set(0..<ErrorSamples.remedyCount))
    }

    @Test("An error of another library has failed, and says what it says")
    func foreign() {
        let report = ErrorReport(of: CocoaError(.fileNoSuchFile))
        #expect(report.code == 1 && report.kind == "failed" && report.fix == nil && !report.message.isEmpty)
    }

    @Test("What became of the transaction is said before what helps")
    func transaction() {
        let error = DatabaseError(
            kind: .lockTimeout, engine: .sqlite, code: 5, message: "database is locked", place: "sqlite:b.db")
        #expect(
            ErrorReport(of: error).text.string
                == "sqlite:b.db: database is locked (SQLite 5); nothing was changed. Another process holds what is needed; "
                + "try again later")
        #expect(ErrorReport.joined("Is it this one?", "Look").string == "Is it this one? Look")
    }
}
