import Chronology
import ErrorModel
import Operations
import Tasks

extension TaskRecord {
    /// The task, and what it has made as the run itself has reported it.
    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left])
        table.add("task", id)
        table.add("type", type)
        table.add("status", "\(status.rawValue), \(progress) %\(exitText)")
        table.add("by", triggeredBy + (owner.map { ", process \($0.pid) on \($0.host)" } ?? ""))
        table.add("started", startedAt.map(style.time) ?? "not yet")
        table.add("ended", completedAt.map(style.time) ?? "not yet")
        if !status.isFinal, let heartbeatAt { table.add("heartbeat", style.time(heartbeatAt)) }
        if let cancelRequestedBy { table.add("cancel", "requested by \(cancelRequestedBy)") }
        table.add("message", message)
        if let errorMessage { table.add("error", errorMessage) }
        let head = table.text(style)
        guard let result else { return head }
        return head + "\n" + StoredReport(ofType: type, result: result).text(style)
    }

    private var exitText: String { exitCode.map { $0 == 0 ? "" : ", exit code \($0)" } ?? "" }
}
