import Chronology
package import ErrorModel

/// A kind of work of which at most one runs on a database at a time, on any number of hosts (CONTRACT 7).
package enum WorkKind: String, Sendable, CaseIterable {
    /// Making, removing and activating books, and migrating their tables.
    case books
    /// Filling the source tables.
    case catalogue
}

extension TaskType {
    /// What it excludes.
    package var work: WorkKind {
        switch self {
        case .create, .retention, .activate, .migrate: .books
        case .load: .catalogue
        }
    }
}

/// Which process works on a task, so that others can tell whether it still lives.
package struct ProcessIdentity: Hashable, Sendable {
    package var host: String
    package var pid: Int32
    /// Of the running kernel: a process number means nothing after a reboot.
    package var bootID: String
    /// When the process started, in the kernel's ticks since boot: a process number is given again.
    package var processStart: String

    package init(host: String, pid: Int32, bootID: String, processStart: String) {
        self.host = host
        self.pid = pid
        self.bootID = bootID
        self.processStart = processStart
    }
}

/// Another run is at work.
package struct DatabaseBusyError: Diagnosable {
    /// Nil where the lock is held but no row says by whom yet.
    package let holder: TaskRecord?
    package let place: String

    package var description: String {
        guard let holder else {
            return "\(place): another run is just beginning"
        }
        let who = holder.owner.map { " by process \($0.pid) on \($0.host)" } ?? ""
        let since = holder.startedAt.map { " since \($0.readable)" } ?? ""
        return "\(place): \(holder.type) is running\(who)\(since) (task \(holder.id), \(holder.message))"
    }

    package var category: ErrorCategory { .busy }
    package var remedy: Remedy? { .waitForTask(id: holder?.id) }
}
