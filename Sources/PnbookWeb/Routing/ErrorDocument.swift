import Operations
import Tasks

/// An error in JSON (<doc:JSONOutput#Errors>), with the run that is in the way.
struct ErrorDocument: Encodable {
    private let failure: WebFailure

    init(_ failure: WebFailure) {
        self.failure = failure
    }

    private enum Key: CodingKey {
        case schema, error, task, taskId, jobId, status
    }

    private enum ErrorKey: CodingKey {
        case code, kind, message, fix
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(JSONDocument.schema, forKey: .schema)
        try container.encode(failure.running.map(TaskDocument.init), forKey: .task)
        if let running = failure.running {
            try container.encode(running.id, forKey: .taskId)
            try container.encode(running.id, forKey: .jobId)
            try container.encode(HostTaskDocument(running).status, forKey: .status)
        }
        var error = container.nestedContainer(keyedBy: ErrorKey.self, forKey: .error)
        try error.encode(failure.code, forKey: .code)
        try error.encode(failure.kind, forKey: .kind)
        try error.encode(failure.message, forKey: .message)
        try error.encode(failure.fix, forKey: .fix)
    }
}
