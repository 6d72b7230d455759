import Foundation
import Harness

/// Times work that is done in this process, with the server behind it.
struct Stopwatch {
    let serverPID: Int32?

    func time(_ body: () throws -> Void) rethrows -> Sample {
        let serverBefore = serverPID.flatMap(ProcessStatus.init(of:))?.processorSeconds
        let clientBefore = ProcessorTime.ofThisProcess()
        let began = ContinuousClock.now
        try body()
        let elapsed = ContinuousClock.now - began
        var sample = Sample(seconds: elapsed.seconds)
        sample.clientProcessor = ProcessorTime.ofThisProcess() - clientBefore
        if let serverBefore, let serverAfter = serverPID.flatMap(ProcessStatus.init(of:))?.processorSeconds {
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
