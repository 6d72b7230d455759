import Database
import ErrorModel
import Foundation
import Harness
import Synchronization

/// Makes the n-th database call of this process fail, or kills the process there, as its environment says (`Fault`).
enum FaultInjection {
    private static let calls = Mutex(0)
    private static let fault = Fault(environment: ProcessInfo.processInfo.environment)

    /// A connection each of whose calls may be the one that fails; without a fault the connection itself.
    @Sendable static func wrapping(_ connection: any Connection) -> any Connection {
        guard let fault else { return connection }
        return ForwardingConnection(connection) { call in
            if call.counts(towards: fault) { try pass(fault, connection) }
        }
    }

    /// Counts one call; fails if it is the one.
    private static func pass(_ fault: Fault, _ connection: any Connection) throws {
        let number = calls.withLock { calls in
            calls += 1
            return calls
        }
        if let file = fault.countFile { try? String(number).write(toFile: file, atomically: false, encoding: .utf8) }
        guard fault.call == number else { return }
        switch fault.kind {
        case .kill: kill(getpid(), SIGKILL)
        case .stop, .stopBeforeCommit: kill(getpid(), SIGSTOP)
        case .lost:
            connection.close()
            throw failure(.connectionLost, connection)
        case .error: throw failure(.other, connection)
        case nil: break
        }
    }

    private static func failure(_ kind: DatabaseError.Kind, _ connection: any Connection) -> DatabaseError {
        DatabaseError(
            kind: kind, engine: connection.engine, code: -1, message: "injected fault", place: connection.place)
    }
}

extension ConnectionCall {
    /// Whether the call counts. What only diagnoses, or gives something back that the server would take back by itself, does
    /// not.
    fileprivate func counts(towards fault: Fault) -> Bool {
        switch self {
        case .report, .missingRights, .unlock, .locksAreClusterWide: false
        case .commit: true
        default: fault.kind != .stopBeforeCommit
        }
    }
}
