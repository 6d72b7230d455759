import ErrorModel
import Synchronization
import Tasks
import WebServer

/// One method of one address, and what answers it.
struct Route: Sendable {
    /// Who may use it.
    enum Access: Sendable {
        /// Anyone: it tells nothing.
        case open
        /// Whoever has the token.
        case reading
        /// The same, where the request comes from the page itself, or is not a browser's.
        case changing
    }

    let method: String
    let access: Access
    let answer: @Sendable (WebCall) async throws -> WebReply
    private let pattern: [Substring]

    /// - Parameter pattern: a path, in which `:name` is any one segment.
    init(
        _ method: String, _ pattern: String, _ access: Access,
        answer: @escaping @Sendable (WebCall) async throws -> WebReply
    ) {
        self.method = method
        self.pattern = Self.segments(of: pattern)
        self.access = access
        self.answer = answer
    }

    static func segments(of path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The named segments of a path; nil for a path of another shape.
    func parameters(in segments: [Substring]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.first == ":" {
                guard !segment.isEmpty else { return nil }
                parameters[String(part.dropFirst())] = String(segment)
            } else if !part.utf8.elementsEqual(segment.utf8) {
                return nil
            }
        }
        return parameters
    }
}

/// A request on its way through its route.
struct WebCall: Sendable {
    let request: WebRequest
    /// The named segments of the path.
    let parameters: [String: String]
    /// Who asks: `api:ann`.
    let client: TaskTrigger
    /// What the log says of it beside its address and its status.
    let audit = AuditNote()

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The value of a query parameter; nil where it is not given.
    ///
    /// - Throws: ``WebFailure`` where it is given twice: a proxy in front may have looked at the other one.
    func query(_ name: String) throws -> String? {
        let values = request.query.filter { $0.name == name }.map(\.value)
        guard values.count <= 1 else { throw WebFailure.badRequest("'\(name)' is given more than once") }
        return values.first
    }
}

/// What is said of a request in the log.
final class AuditNote: Sendable {
    private let note = Mutex<DisplayText>("")

    var text: DisplayText { note.withLock { $0 } }

    func add(_ text: DisplayText) {
        note.withLock { $0 = "\($0) \(text)" }
    }
}
