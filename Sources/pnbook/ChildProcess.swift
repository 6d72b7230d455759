import Foundation

/// Another program, run to its end within a time limit. Its errors go where ours do.
struct ChildProcess {
    struct Result {
        let code: Int32
        let output: String
    }

    /// What kept it from ending by itself.
    enum Failure: Error, CustomStringConvertible {
        case notStarted(String)
        case timeLimit(Double)

        var description: String {
            switch self {
            case .notStarted(let reason): reason
            case .timeLimit(let seconds): "it took longer than \(Int(seconds)) seconds and was stopped"
            }
        }
    }

    private let program: String
    private let arguments: [String]
    private let input: String?
    private let isMute: Bool

    /// - Parameters:
    ///   - input: what it reads; nil for nothing at all.
    ///   - isMute: what it says of errors is thrown away.
    init(_ program: String, _ arguments: [String], input: String? = nil, isMute: Bool = false) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.isMute = isMute
    }

    /// Runs it.
    ///
    /// - Throws: ``Failure``.
    func run(within seconds: Double) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        if isMute { process.standardError = FileHandle.nullDevice }
        let feed = input.map { _ in Pipe() }
        process.standardInput = feed ?? FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw Failure.notStarted("\(program) cannot be run: \(error.localizedDescription)")
        }
        if let feed, let input {
            try? feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? feed.fileHandleForWriting.close()
        }
        let collected = Collected(output.fileHandleForReading)
        guard ended.wait(timeout: .now() + seconds) == .success else {
            kill(process.processIdentifier, SIGKILL)
            throw Failure.timeLimit(seconds)
        }
        let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Result(code: code, output: collected.text(within: 1))
    }

    /// Reads to the end on a thread of its own: a full pipe must not hold the program up, and a grandchild that keeps the
    /// pipe open must not hold us.
    private final class Collected: @unchecked Sendable {
        private var data = Data()
        private let done = DispatchSemaphore(value: 0)

        init(_ handle: FileHandle) {
            Thread.detachNewThread { [self] in
                data = (try? handle.readToEnd()) ?? Data()
                done.signal()
            }
        }

        func text(within seconds: Double) -> String {
            guard done.wait(timeout: .now() + seconds) == .success else { return "" }
            return String(decoding: data, as: UTF8.self)
        }
    }
}
