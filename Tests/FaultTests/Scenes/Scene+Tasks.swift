import Database
import TestSupport
import Testing

extension Scene {
    /// The ids of all stored tasks. `load` takes the machine's time and `create` a time of the test's, so which task is
    /// the newest is told by what was there before, not by a time.
    func taskIDs() throws -> Set<String> {
        Set(try tasks().map(\.id))
    }

    /// The one task that has been stored since `known` were all.
    func newTask(since known: Set<String>) throws -> (id: String, status: String, error: String?) {
        let new = try tasks().filter { !known.contains($0.id) }
        #expect(new.count == 1)
        return try #require(new.first)
    }

    /// What a stored task says that it is doing, or did last.
    func message(ofTask id: String) throws -> String {
        let connection = try taskConnection()
        defer { connection.close() }
        return try #require(
            try connection.first("SELECT message FROM pnbook_tasks WHERE id = \(id)") { $0.text(0) ?? "" })
    }
}
