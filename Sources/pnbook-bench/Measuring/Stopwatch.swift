import Foundation

/// Times work that is done in this process, with the server behind it.
struct Stopwatch {
    let serverPID: Int32?

    func time(_ body: () throws -> Void) rethrows -> Sample {
        let serverBefore = ProcessorTime.of(process: serverPID)
        let clientBefore = ProcessorTime.ofThisProcess()
        let began = ContinuousClock.now
        try body()
        let elapsed = ContinuousClock.now - began
        var sample = Sample(seconds: elapsed.seconds)
        sample.clientProcessor = ProcessorTime.ofThisProcess() - clientBefore
        if let serverBefore, let serverAfter = ProcessorTime.of(process: serverPID) {
            sample.serverProcessor = serverAfter - serverBefore
        }
        return sample
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
