import Database
import Foundation
import Synchronization

/// Somebody else at work on the database: edits the catalogue and reads books at a steady pace, on a thread of its own.
///
/// Each operation is due at its time whatever became of the one before, and its latency counts from there: a stall shows
/// in all that had to wait for it.
final class ConcurrentClient: Sendable {
    /// What it does in turn.
    enum Operation: String, CaseIterable {
        case edit = "edit of one row of lot_partnumbers, committed"
        case list = "list of the books"
        case lookUp = "look-up of a PN in the active book"
    }

    /// Between two operations, in seconds.
    static let pace = 0.01

    private let connections: ConnectionFactory
    private let rows: [(vendor: String, partnumber: String)]
    private let partnumbers: [String]
    private let book: Int64
    private let isAsked = Mutex(true)
    private let outcome = Mutex<Result<[Operation: [Double]], any Error>?>(nil)
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - rows: keys of `lot_partnumbers` to edit.
    ///   - book: the active book, and part numbers of it.
    init(
        _ connections: ConnectionFactory, rows: [(vendor: String, partnumber: String)], book: Int64,
        partnumbers: [String]
    ) {
        self.connections = connections
        self.rows = rows
        self.book = book
        self.partnumbers = partnumbers
    }

    func start() {
        Thread.detachNewThread { [self] in
            let result = Result { try work() }
            outcome.withLock { $0 = result }
            ended.signal()
        }
    }

    /// Ends the work.
    ///
    /// - Returns: the latency of each operation, in seconds.
    func stop() throws -> [Operation: [Double]] {
        isAsked.withLock { $0 = false }
        ended.wait()
        return try outcome.withLock { try $0?.get() ?? [:] }
    }

    private func work() throws -> [Operation: [Double]] {
        let connection = try connections.connect()
        defer { connection.close() }
        var latencies: [Operation: [Double]] = [:]
        let start = ContinuousClock.now
        var turn = 0
        while isAsked.withLock({ $0 }) {
            var due = start + .seconds(Double(turn) * Self.pace)
            let early = (due - ContinuousClock.now).seconds
            if early > 0 {
                usleep(UInt32(early * 1_000_000))
                // How late the system wakes a sleeper is not the database's doing.
                due = ContinuousClock.now
            }
            let operation = Operation.allCases[turn % Operation.allCases.count]
            try run(operation, turn / Operation.allCases.count, connection)
            latencies[operation, default: []].append((ContinuousClock.now - due).seconds)
            turn += 1
        }
        return latencies
    }

    private func run(_ operation: Operation, _ turn: Int, _ connection: any Connection) throws {
        switch operation {
        case .edit:
            let row = rows[turn % rows.count]
            try connection.execute(
                """
                UPDATE lot_partnumbers SET description = \("edited for the \(turn)th time")
                WHERE vendor = \(row.vendor) AND partnumber = \(row.partnumber)
                """)
        case .list:
            _ = try connection.rows("SELECT id, version, created_at, is_active FROM qt_partnumber_books") { $0.values }
        case .lookUp:
            _ = try connection.rows(
                """
                SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items
                WHERE book_id = \(book) AND partnumber = \(partnumbers[turn % partnumbers.count])
                """
            ) { $0.values }
        }
    }
}
