import Database
package import Tasks

extension RunContext {
    /// The stored tasks for reading; nil where none have ever been stored.
    package func storedTasks(for purpose: ConnectionPurpose = .read) throws -> TaskStore? {
        try connections.openStoredTasks(purpose)
    }

    /// The stored tasks, to be changed by a process that does not own them.
    package func writableTasks() throws -> TaskStore {
        // The database first: a wrong path is an error, and makes no file.
        try connect(for: .read).close()
        return TaskStore(try connect(for: .tasks))
    }
}
