/// What a connection is for: it decides time-outs, rights and, with SQLite, which file is opened how.
package enum ConnectionPurpose: Sendable {
    case read
    case write
    /// Makes the SQLite file where there is none.
    case load
    case migrate
    /// Reads and writes the rows of tasks.
    case tasks
    /// Looks at what a run would work with: of several servers at one that takes writes, where there is one.
    case examine
    /// Reads what is reported about a run: a server that does not answer must not hold it up.
    case metrics
}
