import ErrorModel
import Operations
import PartnumberBooks
import Tasks
import WebServer

/// A request that is not answered with what it asked for: the status, and the error as the command line has it
/// (<doc:JSONOutput#Errors>).
struct WebFailure: Error {
    let status: Int
    /// What the command line would exit with.
    var code: Int32
    /// A word for programs: the category, or what is the web's alone, such as `not_found`.
    var kind: String
    var message: DisplayText
    var fix: DisplayText?
    var headers: [(String, String)] = []
    /// Of a run that is at work already.
    var running: TaskRecord?

    init(_ status: Int, _ code: ExitStatus, kind: String, _ message: DisplayText, fix: DisplayText? = nil) {
        self.status = status
        self.code = code.rawValue
        self.kind = kind
        self.message = message
        self.fix = fix
    }

    /// Any error as the web says it.
    init(of error: any Error) {
        if let failure = error as? WebFailure {
            self = failure
            return
        }
        let category = ErrorCategory(of: error)
        let exit = ExitStatus(category)
        let message = (error as? any Diagnosable)?.summary ?? DisplayText(of: error)
        self.init(
            Self.status(of: error) ?? WebStatus.status(of: exit.rawValue), exit, kind: exit.kind, message,
            fix: Remedy(for: error)?.pageSentence)
        if status == 503 { headers.append(("Retry-After", "\(WebStatus.retryAfter)")) }
    }

    /// Errors about what the path names.
    private static func status(of error: any Error) -> Int? {
        switch error {
        case is BookNotFound: 404
        case TaskError.notFound: 404
        case TaskError.notRunning: 409
        default: nil
        }
    }

    // MARK: What is the web's alone

    static func badRequest(_ message: DisplayText) -> WebFailure { WebFailure(400, .usage, kind: "usage", message) }

    static let notFound = WebFailure(404, .usage, kind: "not_found", "there is nothing at this address")

    static func methodNotAllowed(_ allowed: [String]) -> WebFailure {
        let list = allowed.joined(separator: ", ")
        var failure = WebFailure(
            405, .usage, kind: "method_not_allowed", "this address does not take that method; it takes \(list)")
        failure.headers = [("Allow", list)]
        return failure
    }

    static let unsupportedMediaType = WebFailure(
        415, .usage, kind: "unsupported_media_type", "the body must be JSON: Content-Type: application/json")

    static let foreignOrigin = WebFailure(
        403, .permission, kind: "permission",
        "this request comes from another site than the page, or does not say from where",
        fix: "Use the page itself, or send the token as 'Authorization: Bearer'")

    static func unauthorized(wasTried: Bool) -> WebFailure {
        var failure = WebFailure(
            401, .permission, kind: "permission", wasTried ? "this is not the token" : "the token is missing",
            fix: "Give the token as the password, with your own name as the user")
        failure.headers = [("WWW-Authenticate", #"Basic realm="pnbook", charset="UTF-8""#)]
        return failure
    }

    static let tooManyFailures: WebFailure = {
        var failure = WebFailure(
            429, .permission, kind: "permission", "too many wrong tokens from this address", fix: "Wait a minute")
        failure.headers = [("Retry-After", "60")]
        return failure
    }()
}
