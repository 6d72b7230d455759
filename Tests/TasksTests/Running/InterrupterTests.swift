import Database
import Harness
import TestSupport
import Testing

@testable import Tasks

/// Stopping a statement is the driver's; that a request gets as far as that is the cancellation's.
@Suite("Interrupting a statement")
struct InterrupterTests {
    /// Runs for a minute or so unless it is stopped.
    private static func endless(_ engine: TestEngine) -> SQL {
        switch engine {
        case .sqlite:
            "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000) SELECT COUNT(*) FROM c"
        case .mariadb: "SELECT SUM(seq % 7) FROM seq_1_to_1000000000"
        }
    }

    @Test("A request stops the statement that runs, and the connection goes on", arguments: TestEngine.allCases)
    func running(engine: TestEngine) async throws {
        let bench = try TaskBench(engine)
        let ending = try await aside {
            let connection = try bench.database.connect()
            defer { connection.close() }
            let cancellation = CancellationToken()
            cancellation.add(try connection.interrupter())
            cancellation.request(.signal(15))
            let interrupting = Self.interrupting(cancellation)
            defer { _ = try? interrupting.stop() }
            var meaning: (any Error)?
            do { _ = try connection.count(Self.endless(engine)) } catch { meaning = cancellation.translating(error) }
            try interrupting.stop()
            let answer = try connection.count("SELECT 7")
            return (answer, (meaning as? Cancelled)?.reason)
        }
        #expect(ending.0 == 7)
        #expect(ending.1 == .signal(15))
    }

    /// Stops what runs again and again, as the heart does: a statement that has not begun cannot be stopped.
    private static func interrupting(_ cancellation: CancellationToken) -> LoopThread {
        LoopThread(pausing: 50_000) { cancellation.interruptStatements() }
    }
}
