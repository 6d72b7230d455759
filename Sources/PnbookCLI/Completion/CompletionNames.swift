import Chronology
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Operations
import PartnumberBooks
import Pipelines
import Tasks

/// The names of books and tasks in the configured database, for completion: quickly or not at all.
///
/// Nothing is printed about a database that cannot be reached, nothing is waited for longer than a moment, and no command is run
/// that might ask for a password.
struct CompletionNames: Sendable {
    let environment: [String: String]
    /// After this long there are no names.
    var limit = Duration.milliseconds(1500)

    /// Of the newest tasks.
    private static let mostTasks = 50

    /// What a command line says of the configuration.
    private struct Given: Sendable {
        var values: [ConfigurationKey: Configuration.Override] = [:]
        var file: Configuration.Override?

        init(_ given: [(name: String, value: String?)]) {
            for case (let name, let value?) in given {
                let override = Configuration.Override(value: value, name: name)
                if name == "--config" { file = override }
                if let key = ConfigurationKey.allCases.first(where: { "--" + $0.rawValue == name }) {
                    values[key] = override
                }
            }
        }
    }

    var names: Completer.Names {
        Completer.Names(
            books: { words in
                let given = Given(words)
                return within { try books(connections(given)) }
            },
            tasks: { words, onlyRunning in
                let given = Given(words)
                return within { try tasks(connections(given), onlyRunning) }
            })
    }

    /// What `look` finds in time.
    private func within(_ look: @escaping @Sendable () throws -> [Completion.Candidate]) -> [Completion.Candidate] {
        let found = Monitor<[Completion.Candidate]?>(nil)
        // It is not waited for at the end: a server that does not answer holds it, and the process ends.
        let worker = try? WorkerThread("completion") {
            let candidates = (try? look()) ?? []
            found.withLock { $0 = candidates }
        }
        guard worker != nil, found.wait(for: limit, until: { $0 != nil }) else { return [] }
        return found.withLock { $0 } ?? []
    }

    private func connections(_ given: Given) throws -> ConnectionFactory {
        let configuration = try Configuration(overrides: given.values, file: given.file, environment: environment)
        let source = try PasswordSource(configuration)
        guard let url = try configuration.databaseURL(), source?.isCommand != true else { return .unopened }
        let defaultsFile = try configuration.defaultsFile()
        return ConnectionFactory(
            to: url,
            credentials: { Credentials(password: try source?.password(proceed: {}), defaultsFile: defaultsFile) })
    }

    /// Versions, then ids, of the newest books first.
    private func books(_ connections: ConnectionFactory) throws -> [Completion.Candidate] {
        let connection = try connections.open(.metrics)
        defer { connection.close() }
        let books = try BookRepository(connection).listing().books
        let versions = books.map { book in
            Completion.Candidate(book.version, "id \(book.id)" + (book.isActive ? ", active" : ""))
        }
        let ids = books.map { Completion.Candidate(String($0.id), $0.version + ($0.isActive ? ", active" : "")) }
        return (versions + ids).filter(\.isPlain)
    }

    private func tasks(_ connections: ConnectionFactory, _ onlyRunning: Bool) throws -> [Completion.Candidate] {
        guard let store = try connections.openStoredTasks(.metrics) else { return [] }
        let names = try store.shortNames(least: TaskListResult.shortestName)
        let running = try store.allRunning()
        let others = onlyRunning ? [] : try store.list(limit: Self.mostTasks).filter { $0.status != .running }
        return (running + others).map { task in
            Completion.Candidate(
                names[task.id] ?? task.id,
                "\(TaskEvent.word(task.type)), \(task.status.rawValue), \(task.createdAt.readable)")
        }.filter(\.isPlain)
    }
}

extension Completion.Candidate {
    /// Whether a shell can take it as one word of one line.
    fileprivate var isPlain: Bool {
        !(text + about).unicodeScalars.contains { $0.isHidden } && !text.unicodeScalars.contains(" ") && !text.isEmpty
    }
}
