import Chronology
import ErrorModel
import Operations
import Tasks

extension TaskRecord {
    /// The task, and what it has made as the run itself has reported it.
    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left])
        table.add("task", DisplayText(id))
        table.add("type", DisplayText(type))
        table.add("status", "\(DisplayText.term(status.rawValue)), \(progress) %\(exitText)")
        table.add("by", owner.map { "\(triggeredBy), process \($0.pid) on \($0.host)" } ?? DisplayText(triggeredBy))
        table.add("started", startedAt.map { "\(style.time($0))" } ?? "not yet")
        table.add("ended", completedAt.map { "\(style.time($0))" } ?? "not yet")
        if !status.isFinal, let heartbeatAt {
            table.add("heartbeat", "\(style.time(heartbeatAt))\(end(after: heartbeatAt, style))")
        }
        if let cancelRequestedBy { table.add("cancel", "requested by \(cancelRequestedBy)") }
        table.add("message", messageText)
        if let errorMessage { table.add("error", DisplayText(errorMessage)) }
        let head = table.text(style)
        guard let result else { return head }
        return head + "\n" + StoredReport(ofType: type, result: result).text(style)
    }

    /// When a run of another host is given up, whose process cannot be seen from here.
    private func end(after heartbeat: Instant, _ style: TextStyle) -> DisplayText {
        guard let owner, owner.isAlive() == nil else { return "" }
        return
            "; on a cluster, without another, presumed dead at \(style.time(Heartbeat.presumedDead(after: heartbeat)))"
    }

    private var exitText: DisplayText { exitCode.map { $0 == 0 ? "" : ", exit code \($0)" } ?? "" }
}
