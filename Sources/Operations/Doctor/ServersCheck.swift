import Database
import ErrorModel

/// Lists the servers of a URL, each with what it is or why it cannot be used.
struct ServersCheck {
    private let reports: [ServerReport]

    init(_ reports: [ServerReport]) {
        self.reports = reports
    }

    /// One for each server. What is wrong with the one that is used is found by other checks; of the others it is a note.
    var diagnoses: [Diagnosis] { reports.map(diagnosis) }

    private func diagnosis(of report: ServerReport) -> Diagnosis {
        switch report.answer {
        case .failure(let error):
            return .note("server", "\(report.label) cannot be used: \(error.message)", fix: error.remedy)
        case .success(let answer):
            let found: DisplayText = "\(report.label): MariaDB \(answer.version), \(answer.name)\(state(of: answer))"
            // Of the only one other checks have said it.
            if reports.count == 1 { return .ok("server", found) }
            if let cluster = answer.cluster, !cluster.isUsable {
                return .note(
                    "server", "\(found); it is passed over",
                    fix: .text("Bring the node back into the cluster"))
            }
            if answer.replication != nil, !answer.isReadOnly {
                return .note("server", found, fix: .text(ReplicationReport.wayOut))
            }
            return .ok("server", found)
        }
    }

    private func state(of answer: ServerReport.Answer) -> DisplayText {
        var state: DisplayText = ""
        if let cluster = answer.cluster {
            state += ", \(cluster.status), \(cluster.state), \(cluster.nodes.counted("node"))"
            if !cluster.isReady { state += ", not ready" }
            if answer.waitingWriteSets > 0 { state += ", \(answer.waitingWriteSets.counted("write set")) behind" }
        }
        if let replication = answer.replication { state += ", replicates \(replication.summary)" }
        return state + (answer.isReadOnly ? ", read-only" : ", takes writes")
    }
}
