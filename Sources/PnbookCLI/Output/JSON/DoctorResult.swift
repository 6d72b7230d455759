import Operations

/// The result of `doctor`.
struct DoctorResult: CommandResult {
    let findings: [Diagnosis]

    private enum CodingKeys: CodingKey {
        case findings
    }

    var failure: Outcome? {
        findings.first { $0.level == .broken }.map { Outcome(code: $0.exitCode, message: "\($0.topic): \($0.found)") }
    }

    var warnings: [String] {
        findings.filter { $0.level != .ok }.map { finding in
            let fix = finding.remedy.map { "; fix: " + $0.replacing("\n", with: " ") } ?? ""
            return (finding.level == .broken ? "broken: " : "") + "\(finding.topic): \(finding.found)\(fix)"
        }
    }

    func text(_ style: TextStyle) -> String {
        findings.map(Self.text).joined() + sum
    }

    private static func text(_ finding: Diagnosis) -> String {
        let sign =
            switch finding.level {
            case .ok: "ok    "
            case .note: "note  "
            case .broken: "BROKEN"
            }
        // Ready to copy: each of several in a line of its own.
        let lines = finding.remedy?.split(separator: "\n").map { EscapedText.controls(String($0)) + "\n" } ?? []
        let remedy = lines.isEmpty ? "" : "        fix: " + lines.joined(separator: "             ")
        return "\(sign)  \(finding.topic): \(EscapedText.controls(finding.found))\n\(remedy)"
    }

    private var sum: String {
        let broken = findings.count { $0.level == .broken }
        let notes = findings.count { $0.level == .note }
        let rest = notes > 0 ? ", \(notes.counted("note"))" : ""
        return broken == 0 ? "\nNothing is broken\(rest).\n" : "\n\(broken.counted("thing")) broken\(rest).\n"
    }
}
