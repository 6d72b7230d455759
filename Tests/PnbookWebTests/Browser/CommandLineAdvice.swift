import ErrorModel

@testable import PnbookCLI

/// What the program advises people at a command line, each sentence once.
enum CommandLineAdvice {
    static func sentences() -> [String] {
        samples.filter(namesTheCommandLine).map(\.sentence.string)
    }

    private static let samples: [Remedy] =
        [
            .createBook(), .createBook(replacing: "PNBOOK-2025-11-20-001"), .createFirstBook, .activateBook,
            .chooseBook, .unpin(book: "7"), .checkBooks(retry: true), .checkBooks(retry: false), .allowShrink,
            .decideOnShrunkenBook, .approvePlan(hash: "a1b2"), .reviewPlan, .setClock(now: "2025-11-20T00:00:00Z"),
            .loadCatalogue, .replaceCatalogue, .reviewMigrations, .migrationStatus, .applyMigrations, .resumeMigration,
            .migrateFirst(number: "028"), .waitForTask(id: "ab"), .waitForTask(id: nil), .showTask(id: "ab"),
            .watchTask(id: "ab"), .cancelTask(id: "ab"), .chooseTask, .checkTimer, .reviewConfiguration,
            .otherDatabase(what: "the primary", alternative: "where this is it: SET x;"), .checkCredentials(),
            .checkCredentials(note: "it may have expired"), .handOverPassword(first: "Take it out"),
            .giveRights(["GRANT SELECT ON a.b TO c;", "FLUSH PRIVILEGES;"]), .pinCertificate(alternative: "Give a CA"),
            .sql(["ALTER TABLE a ENGINE=InnoDB;"]), .changeTables, .tryAgain, .tryLater, .waitForOther, .makeRoom,
            .chooseNewFile, .replaceFile, .diagnose, .steps([.diagnose, .tryAgain]), .text("Shorten it"),
        ] + Remedy.DatabasePart.allCases.map(Remedy.checkLocation)
        + ([nil] + Remedy.GrantDoubt.allCases).map { .grant(statement: "GRANT SELECT ON a.b TO c", doubt: $0) }

    /// Whether it is not for the person at the page as it stands. A new remedy has to be looked at here.
    private static func namesTheCommandLine(_ remedy: Remedy) -> Bool {
        switch remedy {
        case .makeRoom, .chooseNewFile, .text: false
        case .createBook, .createFirstBook, .activateBook, .chooseBook, .unpin, .checkBooks, .allowShrink,
            .decideOnShrunkenBook, .approvePlan, .reviewPlan, .setClock, .loadCatalogue, .replaceCatalogue,
            .reviewMigrations, .migrationStatus, .applyMigrations, .resumeMigration, .migrateFirst, .waitForTask,
            .showTask, .watchTask, .cancelTask, .chooseTask, .checkTimer, .reviewConfiguration, .checkLocation,
            .otherDatabase, .checkCredentials, .handOverPassword, .grant, .giveRights, .pinCertificate, .sql,
            .changeTables, .tryAgain, .tryLater, .waitForOther, .replaceFile, .diagnose, .steps:
            true
        }
    }
}
