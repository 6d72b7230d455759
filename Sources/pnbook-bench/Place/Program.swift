import Database
import Foundation

/// Runs programs as processes of their own, measured: `pnbook`, and this one's hidden verbs.
struct Program {
    /// The `pnbook` beside this program.
    let path: String
    private let folder: String
    private let passwordFile: String?
    private let serverPID: Int32?

    init(folder: String, passwordFile: String?, serverPID: Int32?) throws {
        let own = URL(fileURLWithPath: Self.own)
        path = own.deletingLastPathComponent().appendingPathComponent("pnbook").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchError("there is no \(path): build it first, with 'swift build -c release'")
        }
        self.folder = folder
        self.passwordFile = passwordFile
        self.serverPID = serverPID
    }

    private static var own: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    /// Runs `pnbook` to its end.
    ///
    /// - Throws: ``BenchError`` with what it said where it does not end with 0.
    @discardableResult
    func pnbook(_ words: String..., on url: String) throws -> Sample {
        var words = words + ["--database", url]
        if let passwordFile { words += ["--password-file", passwordFile] }
        return try run([path] + words)
    }

    /// Runs a hidden verb of this program.
    @discardableResult
    func hidden(_ words: String..., on url: String) throws -> Sample {
        var words = words + ["--url", url]
        if let passwordFile { words += ["--secret-file", passwordFile] }
        return try run([Self.own] + words)
    }

    private func run(_ words: [String]) throws -> Sample {
        let report = folder + "/launched.txt"
        let said = folder + "/launched.log"
        try? FileManager.default.removeItem(atPath: report)
        _ = FileManager.default.createFile(atPath: said, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.own)
        process.arguments = ["launch", "--report", report, "--"] + words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: said)
        process.standardError = process.standardOutput
        // The user's own settings do not count here; a sort's temporary file lies on the disk that is measured.
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PNBOOK_") }
            .merging(["TMPDIR": folder]) { $1 }
        let serverBefore = ProcessorTime.of(process: serverPID)
        try process.run()
        process.waitUntilExit()
        let serverAfter = ProcessorTime.of(process: serverPID)
        let text = (try? String(contentsOfFile: report, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0, var sample = LaunchReport(text: text)?.sample else {
            let log = (try? String(contentsOfFile: said, encoding: .utf8)) ?? ""
            throw BenchError(
                "\(words.prefix(2).joined(separator: " ")) ended with \(process.terminationStatus): \(log)")
        }
        if let serverBefore, let serverAfter { sample.serverProcessor = serverAfter - serverBefore }
        return sample
    }
}
