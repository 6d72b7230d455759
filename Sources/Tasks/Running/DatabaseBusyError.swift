import Chronology
package import ErrorModel

/// Another run is at work on the database.
package struct DatabaseBusyError: Diagnosable {
    /// The other run's task; nil where the lock is held but no row says by which run yet.
    package let holder: TaskRecord?
    /// The database as its users name it.
    package let place: String

    /// Where, what, which process, since when and how far. The front end words what to do about it.
    package var description: String {
        guard let holder else { return "\(place): another run is just beginning" }
        let who = holder.owner.map { " by process \($0.pid) on \($0.host)" } ?? ""
        let since = holder.startedAt.map { " since \($0.readable)" } ?? ""
        return "\(place): \(holder.type) is running\(who)\(since) (task \(holder.id), \(holder.message))"
    }

    package var category: ErrorCategory { .busy }
    package var remedy: Remedy? { .waitForTask(id: holder?.id) }
}
