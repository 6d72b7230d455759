import ErrorModel
import Foundation
import Synchronization
import Testing

@testable import Pipelines

@Suite("A thread and its work")
struct WorkerThreadTests {
    private struct Refusal: Error, Equatable {}

    @Test("What the work returns or throws is passed on, as often as it is asked for")
    func outcome() throws {
        let adding = try WorkerThread("adding") { 3 + 4 }
        #expect(try adding.result() == 7)
        #expect(try adding.result() == 7)
        let failing = try WorkerThread("failing") { throw Refusal() }
        failing.join()
        #expect(throws: Refusal.self) { try failing.result() }
    }

    @Test("The work is done on another thread, which bears the name, cut to what the system takes")
    func name() throws {
        let here = UInt(pthread_self())
        let (thread, name) = try WorkerThread("a name longer than that") {
            (UInt(pthread_self()), try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8))
        }.result()
        #expect(thread != here)
        #expect(name == "a name longer t\n")
    }

    /// Says when it is gone.
    private final class Witness: Sendable {
        let isGone: Monitor<Bool>
        init(_ isGone: Monitor<Bool>) { self.isGone = isGone }
        deinit { isGone.withLock { $0 = true } }
    }

    @Test("Once the thread is joined, nothing holds what the work held")
    func letGo() throws {
        for _ in 1...200 {
            let isGone = Monitor(false)
            let thread = try WorkerThread("holding") { [witness = Witness(isGone)] in _ = witness.isGone }
            thread.join()
            #expect(isGone.withLock { $0 })
        }
    }

    @Test("One that is not waited for goes on by itself")
    func detached() throws {
        let gate = Monitor(false)
        let hasEnded = Monitor(false)
        _ = try WorkerThread("alone") {
            gate.wait(until: { $0 }, then: { _ in })
            hasEnded.withLock { $0 = true }
        }
        gate.withLock { $0 = true }
        #expect(hasEnded.wait(for: .seconds(30), until: { $0 }))
    }

    @Test("Two may wait for the same thread")
    func joinedTwice() throws {
        let gate = Monitor(false)
        let thread = try WorkerThread("waiting") { gate.wait(until: { $0 }, then: { _ in 5 }) }
        let others = try (1...3).map { _ in try WorkerThread("joining") { try thread.result() } }
        gate.withLock { $0 = true }
        #expect(try others.map { try $0.result() } == [5, 5, 5])
    }

    @Test("Where no thread can be had that is an error at once, with the way out, and the work is let go")
    func refused() throws {
        let isGone = Monitor(false)
        let error = #expect(throws: ThreadError.self) {
            // No machine has room for such a stack.
            try WorkerThread("merge", stackSize: 1 << 46) { [witness = Witness(isGone)] in _ = witness.isGone }
        }
        #expect(error == ThreadError(thread: "merge", code: EAGAIN))
        #expect(error.map { "\($0)" }?.contains("'merge' could not be started") == true)
        guard case .text(let remedy)? = error?.remedy else {
            Issue.record("\(String(describing: error?.remedy))")
            return
        }
        #expect(remedy.string.contains("ulimit -u"))
        #expect(isGone.withLock { $0 })
    }
}
