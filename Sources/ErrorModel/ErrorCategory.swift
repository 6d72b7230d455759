/// What kind of failure an error is for the caller, whatever went wrong in detail: what to do differs by category.
///
/// Each front end has one exhaustive switch over it: exit codes here, status codes there. The raw value is the category's name for
/// programs, and stays as it is.
package enum ErrorCategory: String, Sendable, CaseIterable {
    case failed
    /// Tables are still to be made or changed.
    case migrationsPending = "migrations_pending"
    /// Another run holds the database.
    case busy
    case migrationHalfApplied = "migration_half_applied"
    /// Tables are not what they must be.
    case schema
    /// A guard refused the work; nothing was changed.
    case refused
    /// What was asked for makes no sense.
    case usage
    /// Data or a policy that cannot be used.
    case badData = "bad_data"
    /// The database cannot be reached.
    case unreachable
    /// A result or a temporary file could not be written.
    case output
    /// The database is busy, read-only or full: the same may succeed later.
    case tryLater = "try_later"
    /// A password or a privilege is missing.
    case permission
    /// A setting of this machine makes no sense.
    case configuration
    /// The work was interrupted from the keyboard, and undone.
    case interrupted
    /// The work was asked to end, and undone.
    case terminated

    /// The category of any error: one that does not say its own is ``failed``.
    package init(of error: any Error) {
        self = (error as? any Diagnosable)?.category ?? .failed
    }
}
