/// What to do about an error or a finding.
///
/// What this program can do itself is a case of its own, for a front end to name as its users know it: a command, a button. What
/// must be done elsewhere is text or a statement.
package indirect enum Remedy: Hashable, Sendable {
    // MARK: Books

    /// Make a new book.
    ///
    /// - Parameter replacing: the book whose place it takes; nil where that need not be said.
    case createBook(replacing: String? = nil)
    /// Make the first book, with whatever tables are missing.
    case createFirstBook
    /// Make one of the books that exist the active one, or make a new book.
    case activateBook
    /// Name one of the books that exist.
    case chooseBook
    /// No longer keep a book for good.
    ///
    /// - Parameter book: its id.
    case unpin(book: String)
    /// Look which book is active.
    ///
    /// - Parameter retry: then run again; else look once the database answers again.
    case checkBooks(retry: Bool)
    /// Let the next run publish a much smaller book.
    case allowShrink
    /// Look at what a book that was refused for its size would change; then complete the catalogue, or publish it all the same.
    case decideOnShrunkenBook
    /// Look at the retention plan of this hash, then carry it out.
    case approvePlan(hash: String)
    /// Look at the retention plan as it is now.
    case reviewPlan

    /// Set this machine's clock, or run again with this very time, which is then meant.
    ///
    /// - Parameter now: in ISO 8601.
    case setClock(now: String)

    // MARK: The catalogue

    /// Load a catalogue into an empty database.
    case loadCatalogue
    /// Let the next load replace what the source tables hold.
    case replaceCatalogue

    // MARK: Migrations

    /// Look at what would be done.
    case reviewMigrations
    /// Look at what has been done.
    case migrationStatus
    /// Apply what is pending.
    case applyMigrations
    /// Go on with a migration that was begun.
    case resumeMigration
    /// Let the next run apply what is pending first.
    ///
    /// - Parameter number: the migration that brings what is missing: `026`.
    case migrateFirst(number: String)

    // MARK: Tasks

    /// Wait for another run, look at it or cancel it; without its id, wait for it or try again.
    case waitForTask(id: String?)
    case showTask(id: String)
    case watchTask(id: String)
    case cancelTask(id: String)
    /// Name one of the tasks that exist.
    case chooseTask
    /// Look whether the timer that starts runs is on.
    case checkTimer

    // MARK: The database

    /// Look at the configuration in force.
    case reviewConfiguration
    /// What the database's URL says is not there.
    case checkLocation(DatabasePart)
    /// Point the program at another database.
    ///
    /// - Parameter what: "the primary server"; alternative: "where this is it: ...", a sentence that goes on.
    case otherDatabase(what: DisplayText, alternative: DisplayText)
    /// Check the user and the password.
    ///
    /// - Parameter note: what else may be the cause, a sentence that goes on; nil for nothing.
    case checkCredentials(note: DisplayText? = nil)
    /// Hand the password over in a way that does not show it to others.
    ///
    /// - Parameter first: what to do before: "Take it out, change it".
    case handOverPassword(first: DisplayText)
    /// Run the GRANT as an administrator. It has no semicolon.
    case grant(statement: String, doubt: GrantDoubt? = nil)
    /// Run the statements or commands as an administrator.
    case giveRights([String])
    /// Know the server by its certificate's fingerprint, or do what `alternative` says.
    case pinCertificate(alternative: DisplayText)
    /// Run the statements, each with its semicolon.
    case sql([String])
    /// Change the tables by hand as the statements of the message say.
    case changeTables

    // MARK: Anything else

    case tryAgain
    case tryLater
    /// Another process holds what is needed.
    case waitForOther
    /// The database's disk or limits are full.
    case makeRoom
    /// Name a file that does not exist yet.
    case chooseNewFile
    /// Name another file, or let the next run replace the one that exists.
    case replaceFile
    /// Let the program look for the cause.
    case diagnose
    /// One after another.
    case steps([Remedy])
    /// A whole sentence without its full stop: nothing that this program could do.
    case text(DisplayText)

    /// A part of a database's URL.
    package enum DatabasePart: Hashable, Sendable, CaseIterable {
        case file
        case server
        case schema
    }

    /// What a GRANT alone may not be enough for.
    package enum GrantDoubt: Hashable, Sendable, CaseIterable {
        /// The server hides the table, so it may not exist at all.
        case tableMayBeMissing
        /// The schema may only have another name.
        case schemaMayBeAnother
    }

    /// What to do about any error; nil for one that does not say.
    package init?(for error: any Error) {
        guard let remedy = (error as? any Diagnosable)?.remedy else { return nil }
        self = remedy
    }

    /// Both, one after the other; nil for nothing.
    package static func steps(_ first: Remedy?, _ second: Remedy?) -> Remedy? {
        guard let first, let second else { return first ?? second }
        return .steps([first, second])
    }
}
