import ErrorModel

/// Each remedy in the words of the page.
///
/// What is done on the page is named as the page calls it. What an administrator does elsewhere is a command of `pnbook` on the
/// server, or a statement.
extension Remedy {
    /// As sentences without the last full stop.
    var pageSentence: DisplayText {
        switch self {
        case .createBook, .activateBook: "Make a new book, or activate another one of the list"
        case .createFirstBook, .applyMigrations, .migrateFirst: "On the server, run 'pnbook migrate up', then try again"
        case .chooseBook: "Choose a book of the list"
        case .unpin: "Let the book go: unpin it"
        case .checkBooks: "Look at the list of books, then try again"
        case .allowShrink, .decideOnShrunkenBook:
            "Compare with 'catalogue' and complete the catalogue; or, if that is right, ask for a book that may be smaller"
        case .approvePlan(let hash):
            "On the server, look with 'pnbook prune --dry-run', then run 'pnbook prune --approve \(hash)'"
        case .reviewPlan: "On the server, look with 'pnbook prune --dry-run'"
        case .setClock: "Set the server's clock: timedatectl set-ntp true"
        case .loadCatalogue, .replaceCatalogue: "On the server, load a catalogue with 'pnbook load'"
        case .reviewMigrations, .changeTables: "On the server, look with 'pnbook migrate plan'"
        case .migrationStatus: "On the server, look with 'pnbook migrate status'"
        case .resumeMigration: "On the server, run 'pnbook migrate up': it looks at what is there and does the rest"
        case .waitForTask: "Wait until the other run has ended, or cancel it"
        case .showTask, .watchTask, .chooseTask: "Look at the tasks"
        case .cancelTask: "Cancel the task, or end that process"
        case .checkTimer: "On the server, look with 'systemctl status pnbook.timer'"
        case .reviewConfiguration: "On the server, look with 'pnbook config show'"
        case .checkLocation, .otherDatabase, .checkCredentials, .handOverPassword, .grant, .giveRights, .pinCertificate,
            .diagnose:
            "On the server, 'pnbook doctor' looks for the cause"
        case .sql(let statements): "To fix it: \(statements.joined(separator: " "))"
        case .tryAgain: "Try again"
        case .tryLater, .waitForOther: "Try again later"
        case .makeRoom: "Make room for the database"
        case .chooseNewFile, .replaceFile: "Give another file's name"
        case .steps(let remedies): remedies.map(\.pageSentence).joined(separator: ". ")
        case .text(let text): text
        }
    }
}
