import Harness

/// A step of `create`, told by the statement that it begins with.
enum RunStep: String, CaseIterable, Sendable {
    case reading
    case writing
    case commit
    case retention
    case finish

    /// Finds the steps in what one connection after the other sends.
    final class Finder: Sendable {
        /// Connections that have switched the active book, and not committed it yet.
        private let publishing = Locked<Set<Int>>([])

        /// Whether a statement of a connection begins `step`.
        func begins(_ step: RunStep, _ event: SocketProxy.Event, of connection: Int) -> Bool {
            guard case .sent = event else { return false }
            let statement = event.statement
            switch step {
            case .reading: return statement.contains("FROM lot_partnumbers") && statement.contains("description")
            case .writing: return statement.contains("INSERT INTO `qt_partnumber_book_items`")
            case .retention: return statement.contains("DELETE FROM qt_partnumber_book_items")
            case .finish: return statement.contains("UPDATE pnbook_tasks") && statement.contains("progress = CASE")
            case .commit:
                return publishing.withLock { publishing in
                    if statement.contains("UPDATE qt_partnumber_books SET is_active = 1") {
                        publishing.insert(connection)
                    }
                    return statement.contains("COMMIT") && publishing.remove(connection) != nil
                }
            }
        }
    }
}
