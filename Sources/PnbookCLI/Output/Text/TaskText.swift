import Chronology
import ErrorModel
import Operations
import Tasks

extension TaskRecord {
    var text: DisplayText {
        var table = TextTable([.left, .left])
        table.add("task", id)
        table.add("type", type)
        table.add("status", "\(status.rawValue), \(progress) %")
        table.add("by", triggeredBy + (owner.map { ", process \($0.pid) on \($0.host)" } ?? ""))
        table.add("started", startedAt?.readable ?? "not yet")
        table.add("ended", completedAt?.readable ?? "not yet")
        if !status.isFinal, let heartbeatAt { table.add("heartbeat", heartbeatAt.readable) }
        if let cancelRequestedBy { table.add("cancel", "requested by \(cancelRequestedBy)") }
        table.add("message", message)
        if let errorMessage { table.add("error", errorMessage) }
        if let result { table.add("result", result) }
        return table.text
    }
}
