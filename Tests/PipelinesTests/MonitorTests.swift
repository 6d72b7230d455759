import Testing

@testable import Pipelines

@Suite("A value that threads wait for")
struct MonitorTests {
    @Test("No change is lost between threads")
    func counting() throws {
        let count = Monitor(0)
        let threads = try (1...4).map { _ in
            try WorkerThread("counting") { for _ in 1...10_000 { count.withLock { $0 += 1 } } }
        }
        for thread in threads { thread.join() }
        #expect(count.withLock { $0 } == 40_000)
    }

    @Test("A thread that waits is woken by the change it waits for, and has the value before any other")
    func waiting() throws {
        let turn = Monitor(0)
        let odd = try WorkerThread("odd") {
            for number in stride(from: 1, to: 1000, by: 2) { turn.wait(until: { $0 == number }) { $0 += 1 } }
        }
        for number in stride(from: 0, to: 1000, by: 2) { turn.wait(until: { $0 == number }) { $0 += 1 } }
        odd.join()
        #expect(turn.withLock { $0 } == 1000)
    }

    @Test("A bounded wait ends when its time is over, and at once where there is nothing to wait for")
    func bounded() {
        let never = Monitor(false)
        let began = ContinuousClock.now
        #expect(!never.wait(for: .milliseconds(30), until: { $0 }))
        #expect(ContinuousClock.now - began >= .milliseconds(30))
        #expect(!never.wait(for: .seconds(-1), until: { $0 }))
        #expect(never.wait(for: .seconds(Int64.max / 4), until: { !$0 }))
    }
}
