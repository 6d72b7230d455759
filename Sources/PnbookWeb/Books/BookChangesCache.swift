import Operations
import Synchronization
import Tasks

/// What each book has changed against the one that was active before it, as its run has reported: `changes` of its task's result.
///
/// A task that has ended never changes, so that its result, which is long, is read once; and one that has been cleaned up is not
/// looked for again: its row is written before its book is.
final class BookChangesCache: Sendable {
    private let known = Mutex<[String: JSONValue?]>([:])
    private static let most = 500

    /// - Parameters:
    ///   - task: that made the book; nil for another program's book.
    ///   - tasks: nil where none have ever been stored.
    /// - Returns: nil where the task is gone, or says nothing of it.
    func changes(of task: String?, in tasks: TaskStore?) throws -> JSONValue? {
        guard let task, let tasks else { return nil }
        if let known = known.withLock({ $0[task] }) { return known }
        let record = try tasks.find(task)
        guard record?.status.isFinal != false else { return nil }
        var changes: JSONValue?
        if case .object(let fields)? = record?.result.map(JSONValue.init(stored:)), case .object? = fields["changes"] {
            changes = fields["changes"]
        }
        known.withLock { known in
            if known.count >= Self.most { known.removeAll() }
            known[task] = .some(changes)
        }
        return changes
    }
}
