import ErrorModel

/// Each remedy in the words of the command line.
extension Remedy {
    /// As sentences without the last full stop.
    var sentence: DisplayText {
        switch self {
        case .createBook(nil): "Make a new book with 'pnbook create'"
        case .createBook(let name?): "Make a new book with 'pnbook create'; it takes the place of \(name)"
        case .createFirstBook: "Make the first book with 'pnbook create --migrate'"
        case .activateBook: "Choose one with 'pnbook activate BOOK', or make one with 'pnbook create'"
        case .chooseBook: "Give an id or a version of 'pnbook list', or 'active', 'previous' or 'newest'"
        case .unpin(let book): "Forget it with 'pnbook unpin \(book)'"
        case .checkBooks(retry: true): "Look with 'pnbook list', then run again"
        case .checkBooks(retry: false): "Look with 'pnbook list' once it is back"
        case .allowShrink: "If that is right, run again with --allow-shrink"
        case .decideOnShrunkenBook:
            "Look with 'pnbook diff catalogue', then complete the catalogue; or, if that is right, run "
                + "'pnbook create --allow-shrink'"
        case .approvePlan(let hash):
            "Look with 'pnbook prune --dry-run', then run 'pnbook prune --approve \(hash)'"
        case .reviewPlan: "Look again with 'pnbook prune --dry-run'"
        case .setClock(let now):
            "Set the clock (timedatectl set-ntp true); where this time is meant, add --now \(now)"
        case .loadCatalogue: "An empty database is filled with 'pnbook load DIR'"
        case .replaceCatalogue: "To put this one in its place, add --replace"
        case .reviewMigrations: "Look with 'pnbook migrate plan'"
        case .migrationStatus: "Look with 'pnbook migrate status'"
        case .applyMigrations:
            "Look with 'pnbook migrate plan', then run 'pnbook migrate up' or 'pnbook create --migrate'"
        case .resumeMigration: "Run 'pnbook migrate up': it looks at what is there and does the rest"
        case .migrateFirst(let number): "It comes with migration \(number), add --migrate"
        case .waitForTask(let id?):
            "Wait for it with --wait, see 'pnbook task show \(id)', or stop it with 'pnbook task cancel \(id)'"
        case .waitForTask(nil): "Wait for it with --wait, or try again"
        case .showTask(let id): "See 'pnbook task show \(id)'"
        case .watchTask(let id): "Watch it with 'pnbook task watch \(id)'"
        case .cancelTask(let id): "Stop it with 'pnbook task cancel \(id)', or end that process"
        case .chooseTask: "See 'pnbook task list'"
        case .checkTimer: "Look with 'systemctl status pnbook.timer', or run 'pnbook create'"
        case .reviewConfiguration: "Look with 'pnbook config show'"
        case .checkLocation(.file):
            "Check the path after sqlite: and the rights on its folder; 'pnbook load DIR' makes a new database"
        case .checkLocation(.server): "Check host, port or socket in the URL, and that the server is running"
        case .checkLocation(.schema):
            "Check the schema's name in the URL; the server knows no such schema, or make it with CREATE DATABASE"
        case .otherDatabase(let what, let alternative): "Name \(what) in --database; or \(alternative)"
        case .checkCredentials(nil): "Check the user in the URL and the password (--password-file or --defaults-file)"
        case .checkCredentials(let note?):
            "Check the user in the URL and the password (--password-file or --defaults-file); \(note)"
        case .handOverPassword(let first): "\(first), and use --password-file or --defaults-file"
        case .grant(let statement, nil): "An administrator can give the right: \(statement);"
        case .grant(let statement, .tableMayBeMissing?):
            "An administrator can give the right: \(statement); (where the server then knows no such table, first, as an "
                + "administrator: pnbook migrate up)"
        case .grant(let statement, .schemaMayBeAnother?):
            "An administrator can give the right: \(statement); or the schema in the URL has another name"
        case .giveRights(let commands): "An administrator can give the rights: \(commands.joined(separator: " "))"
        case .pinCertificate(let alternative):
            "\(alternative), or go by the certificate's fingerprint: tls=require, and in the option file "
                + "(--defaults-file) [pnbook] ssl-fp=SHA-256"
        case .sql(let statements): "To fix it: \(statements.joined(separator: " "))"
        case .changeTables: "That must be done by hand first, then run again"
        case .tryAgain: "Try again"
        case .tryLater: "Run again later"
        case .waitForOther: "Another process holds what is needed; try again later"
        case .makeRoom: "Make room for the database"
        case .chooseNewFile: "Give the name of a file that does not exist yet"
        case .replaceFile: "Give another name; or, to put this one in its place, add --replace"
        case .diagnose: "'pnbook doctor' looks for the cause"
        case .steps(let remedies): remedies.map(\.sentence).joined(separator: ". ")
        case .text(let text): text
        }
    }

    /// Commands or statements to copy; the sentence if there are none.
    var commands: [DisplayText] {
        switch self {
        case .giveRights(let lines), .sql(let lines): lines.map { DisplayText($0) }
        case .steps(let remedies): remedies.flatMap(\.commands)
        default: [command]
        }
    }

    private var command: DisplayText {
        switch self {
        case .createBook: "pnbook create"
        case .createFirstBook: "pnbook create --migrate"
        case .decideOnShrunkenBook:
            "pnbook diff catalogue, then complete the catalogue; or: pnbook create --allow-shrink"
        case .unpin(let book): "pnbook unpin \(book)"
        case .approvePlan(let hash): "pnbook prune --dry-run, then pnbook prune --approve \(hash)"
        case .reviewPlan: "pnbook prune --dry-run"
        case .setClock: "timedatectl set-ntp true"
        case .loadCatalogue: "pnbook load DIR, or another schema in --database"
        case .reviewMigrations: "pnbook migrate plan"
        case .migrationStatus: "pnbook migrate status"
        case .applyMigrations, .resumeMigration: "pnbook migrate up"
        case .showTask(let id): "pnbook task show \(id)"
        case .watchTask(let id): "pnbook task watch \(id)"
        case .cancelTask(let id): "pnbook task cancel \(id), or end that process"
        case .checkTimer: "systemctl status pnbook.timer, or: pnbook create"
        case .reviewConfiguration: "pnbook config show"
        case .checkLocation(.file): "pnbook load DIR, or another path in --database"
        case .checkLocation(.server): "systemctl status mariadb  (on the server)"
        case .checkLocation(.schema): "CREATE DATABASE ...; or another schema in --database"
        case .grant(let statement, _): "\(statement);"
        case .activateBook, .chooseBook, .checkBooks, .allowShrink, .replaceCatalogue, .migrateFirst, .waitForTask,
            .chooseTask, .giveRights, .otherDatabase, .checkCredentials, .handOverPassword, .pinCertificate,
            .changeTables, .tryAgain, .tryLater, .waitForOther, .makeRoom, .chooseNewFile, .replaceFile, .diagnose,
            .sql, .steps, .text:
            sentence
        }
    }
}
