import Database
import ErrorModel
import Operations

/// The result of `doctor`.
struct DoctorResult: CommandResult {
    struct Finding: Encodable {
        let topic: String
        let level: String
        let found: DisplayText
        /// Commands or statements, one on a line; null if there is nothing to fix.
        @ExplicitNull var fix: String?
        /// The exit code of a run that meets this; 0 for what is not broken.
        let exitCode: Int32

        init(_ diagnosis: Diagnosis) {
            topic = diagnosis.topic
            level = diagnosis.level.rawValue
            found = diagnosis.found
            exitCode = (diagnosis.category.map(ExitStatus.init) ?? .done).rawValue
            fix = diagnosis.remedy?.commands.map(\.string).joined(separator: "\n")
        }
    }

    /// One of the URL's servers.
    struct Server: Encodable {
        /// As the list of findings names it.
        let server: String
        /// Why it cannot be reached; then it has said nothing else.
        @ExplicitNull var error: DisplayText?
        @ExplicitNull var version: String?
        @ExplicitNull var name: String?
        /// The cluster's status and the node's state; null where the server is not a node.
        @ExplicitNull var cluster: String?
        @ExplicitNull var isReady: Bool?
        @ExplicitNull var isReadOnly: Bool?
        /// Empty where it replicates none that the account may see.
        let replicates: [String]
        @ExplicitNull var secondsBehind: Int?
        @ExplicitNull var writeSetsBehind: Int?

        init(_ report: ServerReport) {
            server = report.label
            switch report.answer {
            case .failure(let error):
                replicates = []
                self.error = error.message
            case .success(let answer):
                replicates = answer.replication?.sources ?? []
                version = answer.version
                name = answer.name
                cluster = answer.cluster.map { "\($0.status), \($0.state)" }
                isReady = answer.cluster.map(\.isUsable) ?? true
                isReadOnly = answer.isReadOnly
                secondsBehind = answer.replication?.secondsBehind
                writeSetsBehind = answer.cluster == nil ? nil : answer.waitingWriteSets
            }
        }
    }

    let findings: [Finding]
    let servers: [Server]
    private let diagnoses: [Diagnosis]

    private enum CodingKeys: CodingKey {
        case findings, servers
    }

    init(findings diagnoses: [Diagnosis], servers: [ServerReport]) {
        self.servers = servers.map(Server.init)
        self.diagnoses = diagnoses
        findings = diagnoses.map(Finding.init)
    }

    var failure: ErrorReport? {
        diagnoses.first { $0.level == .broken }.map { first in
            ErrorReport(first.category ?? .failed, "\(Self.topic(first)): \(first.found)", fix: first.remedy)
        }
    }

    var warnings: [DisplayText] {
        diagnoses.filter { $0.level != .ok }.map { finding in
            let fix: DisplayText = finding.remedy.map { "; fix: \($0.commands.joined(separator: " "))" } ?? ""
            return finding.level == .broken
                ? "broken: \(Self.topic(finding)): \(finding.found)\(fix)"
                : "\(Self.topic(finding)): \(finding.found)\(fix)"
        }
    }

    func text(_ style: TextStyle) -> DisplayText {
        "\(diagnoses.map(Self.text).joined())\(sum)"
    }

    private static func topic(_ finding: Diagnosis) -> DisplayText { .term(finding.topic) }

    private static func text(_ finding: Diagnosis) -> DisplayText {
        let sign: DisplayText =
            switch finding.level {
            case .ok: "ok    "
            case .note: "note  "
            case .broken: "BROKEN"
            }
        // Ready to copy: each on a line of its own.
        let lines: [DisplayText] = finding.remedy?.commands.map { "\($0)\n" } ?? []
        let remedy: DisplayText = lines.isEmpty ? "" : "        fix: \(lines.joined(separator: "             "))"
        return "\(sign)  \(topic(finding)): \(finding.found)\n\(remedy)"
    }

    private var sum: DisplayText {
        let broken = diagnoses.count { $0.level == .broken }
        let notes = diagnoses.count { $0.level == .note }
        let rest: DisplayText = notes > 0 ? ", \(notes.counted("note"))" : ""
        return broken == 0 ? "\nNothing is broken\(rest).\n" : "\n\(broken.counted("thing")) broken\(rest).\n"
    }
}
