import Chronology
import ErrorModel
import FoundationEssentials
import Operations
import Tasks
import WebServer

/// A test event for all listeners, for whoever sets up a front end.
struct TestEventRoute: Sendable {
    private let context: PnbookWebContext
    private let hub: WebSocketHub

    init(_ context: PnbookWebContext, hub: WebSocketHub) {
        self.context = context
        self.hub = hub
    }

    var routes: [Route] { [Route("POST", "/system/tasks/send", .changing, answer: send)] }

    private func send(_ call: WebCall) throws -> WebReply {
        try JSONBody(of: call.request).requireNothingElse()
        let now = context.now()
        let event = TaskEventDocument(
            TaskEvent(
                task: "test", taskID: "test-" + UUID().uuidString.lowercased(), isActive: false, startedAt: now,
                finishedAt: now, success: true))
        let listeners = hub.count
        hub.broadcast(try JSONDocument.compact(event))
        call.audit.add("to \(listeners) listeners")
        return .response(try .json(Answer(listeners: listeners, event: event)))
    }

    private struct Answer: Encodable {
        let schema = JSONDocument.schema
        /// How many it was sent to.
        let listeners: Int
        let event: TaskEventDocument
    }
}
