import Operations

/// What every JSON document has in common: the version of the format, the task that the command ran, and its error; and beside
/// them the document's own fields (<doc:JSONOutput#Envelope>).
struct Envelope<Document: Encodable>: Encodable {
    private let document: Document
    private let task: TaskSummary?
    private let failure: ErrorReport?

    /// - Parameters:
    ///   - task: nil for a command that ran none.
    ///   - failure: nil if the command exits 0.
    init(_ document: Document, task: TaskSummary?, failure: ErrorReport?) {
        self.document = document
        self.task = task
        self.failure = failure
    }

    private enum Key: CodingKey {
        case schema, task, error
    }

    private enum ErrorKey: CodingKey {
        case code, kind, message, fix
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(JSONDocument.schema, forKey: .schema)
        try container.encode(task, forKey: .task)
        if let failure {
            var error = container.nestedContainer(keyedBy: ErrorKey.self, forKey: .error)
            try error.encode(failure.code, forKey: .code)
            try error.encode(failure.kind, forKey: .kind)
            try error.encode(failure.message, forKey: .message)
            try error.encode(failure.fix, forKey: .fix)
        } else {
            try container.encodeNil(forKey: .error)
        }
        // The document last: the task that 'task show' prints takes the place of the command's own.
        try document.encode(to: encoder)
    }
}
