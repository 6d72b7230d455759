import ArgumentParser
import Foundation

/// A hidden command: starts a program, waits for its end, and reports what it cost.
///
/// Linux counts into a child's peak memory what its parent had when it started it. This small process stands between, so
/// that the benchmark's own memory is not in the number.
struct MeasureProcess: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a program and report what it cost.", shouldDisplay: false)

    @Option(help: "The file that takes the report.")
    var report: String

    @Argument(parsing: .postTerminator, help: "The program and its arguments.")
    var words: [String]

    func run() throws {
        let pointers = words.map { strdup($0) }
        let environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for pointer in pointers + environment { free(pointer) } }
        var child: pid_t = 0
        let began = ContinuousClock.now
        let failure = posix_spawn(&child, words[0], nil, nil, pointers + [nil], environment + [nil])
        guard failure == 0 else { throw BenchmarkError("\(words[0]): \(String(cString: strerror(failure)))") }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchmarkError("wait4: \(String(cString: strerror(errno)))") }
        }
        let elapsed = ContinuousClock.now - began
        let signal = status & 0x7F
        guard status == 0 else { throw ExitCode(signal == 0 ? (status >> 8) & 0xFF : 128 + signal) }
        let result = ProcessReport(
            seconds: elapsed.seconds, processor: ProcessorTime.seconds(of: usage), peakKibibytes: usage.ru_maxrss)
        try Data(result.text.utf8).write(to: URL(fileURLWithPath: report))
    }
}

/// What the launcher writes down: wall seconds, processor seconds, peak memory in KiB.
struct ProcessReport {
    let seconds: Double
    let processor: Double
    let peakKibibytes: Int

    init(seconds: Double, processor: Double, peakKibibytes: Int) {
        self.seconds = seconds
        self.processor = processor
        self.peakKibibytes = peakKibibytes
    }

    init?(text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 3, let seconds = Double(fields[0]), let processor = Double(fields[1]),
            let peak = Int(fields[2])
        else { return nil }
        self.init(seconds: seconds, processor: processor, peakKibibytes: peak)
    }

    var text: String { "\(seconds) \(processor) \(peakKibibytes)" }

    var sample: Sample {
        Sample(seconds: seconds, clientProcessor: processor, peakMemory: peakKibibytes * 1024)
    }
}
