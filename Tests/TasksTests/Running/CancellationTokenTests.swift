import Database
import ErrorModel
import Harness
import Pipelines
import Synchronization
import TestSupport
import Testing

@testable import Tasks

@Suite("Cancellation")
struct CancellationTokenTests {
    private final class Stop: Interrupter {
        private let calls = Mutex(0)
        var count: Int { calls.withLock { $0 } }
        func interrupt() { calls.withLock { $0 += 1 } }
    }

    private static func error(_ kind: DatabaseError.Kind) -> DatabaseError {
        DatabaseError(kind: kind, engine: .sqlite, code: 9, message: "stopped", place: "here")
    }

    @Test("While the commit runs, a request stops nothing; before and after it does")
    func sealed() throws {
        let cancellation = CancellationToken()
        let stop = Stop()
        cancellation.add(stop)
        try cancellation.withCancellationDisabled {
            cancellation.request(.signal(15))
            cancellation.interruptStatements()
            #expect(cancellation.reason == nil)
            #expect(cancellation.request == .signal(15))
            try cancellation.check()
            #expect(cancellation.translating(Self.error(.interrupted)) is DatabaseError)
        }
        #expect(stop.count == 0)
        #expect(cancellation.reason == .signal(15))
        #expect(throws: Cancelled.self) { try cancellation.check() }
        cancellation.interruptStatements()
        #expect(stop.count == 1)
    }

    @Test("After a commit that fails, the run can be stopped again")
    func failing() {
        let cancellation = CancellationToken()
        #expect(throws: DatabaseError.self) {
            try cancellation.withCancellationDisabled { throw Self.error(.connectionLost) }
        }
        cancellation.request(.signal(2))
        #expect(cancellation.reason == .signal(2))
    }

    @Test("Who was asked to end before the commit does not commit")
    func before() {
        let cancellation = CancellationToken()
        cancellation.request(.request(by: "manual:ann"))
        var hasCommitted = false
        let error = #expect(throws: Cancelled.self) {
            try cancellation.withCancellationDisabled { hasCommitted = true }
        }
        #expect(error?.reason == .request(by: "manual:ann"))
        #expect(!hasCommitted)
    }

    @Test("A pause ends at once when the run is to end, and a commit's does not")
    func pause() throws {
        let cancellation = CancellationToken()
        try cancellation.sleep(.milliseconds(1))
        let asleep = try WorkerThread("asleep") { try cancellation.sleep(.seconds(600)) }
        cancellation.request(.signal(15))
        #expect(throws: Cancelled.self) { try asleep.result() }
        #expect(throws: Cancelled.self) { try cancellation.retryTiming.sleep(.seconds(600)) }
        let committing = CancellationToken()
        try committing.withCancellationDisabled {
            committing.request(.signal(15))
            try committing.sleep(.milliseconds(1))
        }
    }

    @Test("The first reason stays")
    func first() {
        let cancellation = CancellationToken()
        cancellation.request(.request(by: "manual:ann"))
        cancellation.request(.signal(15))
        #expect(cancellation.reason == .request(by: "manual:ann"))
    }

    @Test("What is stopped, waited for in vain or lost is a cancellation once there is a reason; nothing else is")
    func translating() throws {
        let cancellation = CancellationToken()
        #expect(cancellation.translating(Self.error(.interrupted)) is DatabaseError)
        cancellation.request(.signal(15))
        let connection = ForwardingConnection(try TestDatabase(.sqlite).connect())
        connection.before = { if $0.change != nil { throw Self.error(.other) } }
        let stopped = try #require(
            throws: TransactionError.self, performing: { try connection.rollback(after: Self.error(.interrupted)) })
        // A connection that does not answer is ended for that.
        for error: any Error in [
            Self.error(.interrupted), Self.error(.lockTimeout), Self.error(.connectionLost), stopped,
        ] {
            #expect((cancellation.translating(error) as? Cancelled)?.reason == .signal(15))
        }
        for kind in [DatabaseError.Kind.deadlock, .unreachable, .full, .other] {
            #expect((cancellation.translating(Self.error(kind)) as? DatabaseError)?.kind == kind)
        }
    }
}
