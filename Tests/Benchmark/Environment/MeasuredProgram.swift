import Database
import Foundation
import Harness

/// Runs programs as processes of their own, measured: `pnbook`, and this one's hidden commands.
struct MeasuredProgram {
    /// The `pnbook` beside this program.
    let path: String
    private let folder: String
    private let passwordFile: String?
    private let serverPID: Int32?

    init(folder: String, passwordFile: String?, serverPID: Int32?) throws {
        let own = URL(fileURLWithPath: Self.own)
        path = own.deletingLastPathComponent().appendingPathComponent("pnbook").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw BenchmarkError("there is no \(path): build it first, with 'swift build -c release --product pnbook'")
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
    /// - Throws: ``BenchmarkError`` with what it said where it does not end with 0.
    @discardableResult
    func pnbook(_ words: String..., on url: String) throws -> Sample {
        var words = words + ["--database", url]
        if let passwordFile { words += ["--password-file", passwordFile] }
        return try run([path] + words)
    }

    /// Runs a hidden command of this program.
    @discardableResult
    func hidden(_ words: String..., on url: String) throws -> Sample {
        var words = words + ["--url", url]
        if let passwordFile { words += ["--secret-file", passwordFile] }
        return try run([Self.own] + words)
    }

    private func run(_ words: [String]) throws -> Sample {
        let report = folder + "/measured.txt"
        try? FileManager.default.removeItem(atPath: report)
        // The user's own settings do not count here; a sort's temporary file lies on the disk that is measured.
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PNBOOK_") }
            .merging(["TMPDIR": folder]) { $1 }
        let serverBefore = serverPID.flatMap(ProcessStatus.init(of:))?.processorSeconds
        let child = try ChildRun(
            [Self.own, "measure-process", "--report", report, "--"] + words, environment: environment)
        let result = try child.result(Self.patience)
        let serverAfter = serverPID.flatMap(ProcessStatus.init(of:))?.processorSeconds
        let text = (try? String(contentsOfFile: report, encoding: .utf8)) ?? ""
        guard result.code == 0, var sample = ProcessReport(text: text)?.sample else {
            throw BenchmarkError("\(words.prefix(2).joined(separator: " ")) ended with \(result.code): \(result.said)")
        }
        if let serverBefore, let serverAfter { sample.serverProcessor = serverAfter - serverBefore }
        return sample
    }

    /// Seconds: ten million mappings on a slow disk take less.
    private static let patience = 24 * 3600.0
}
