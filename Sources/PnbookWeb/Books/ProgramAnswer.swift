import ErrorModel
import FoundationEssentials
import Operations
import WebServer

/// What a verb of `pnbook` has printed and ended with, as an answer of ours: its document, with the status of its exit code.
struct ProgramAnswer {
    let code: Int32
    let document: JSONValue
    private let text: String

    /// - Throws: ``WebFailure`` where it has printed no document.
    init(_ code: Int32, _ output: String) throws {
        guard let document = try? JSONDecoder().decode(JSONValue.self, from: Data(output.utf8)), case .object = document
        else {
            throw WebFailure(
                500, .failed, kind: "failed", "pnbook ended with code \(code) and without a document",
                fix: "Look into the log of this service")
        }
        self.code = code
        self.document = document
        text = output
    }

    /// - Parameter failedStatus: for a failure that has no category of its own.
    func response(failedStatus: Int = 500) -> WebResponse {
        let status = code == ExitStatus.failed.rawValue ? failedStatus : WebStatus.status(of: code)
        let headers = status == 503 ? [("Retry-After", "\(WebStatus.retryAfter)")] : []
        return .json(text: text, status: status, headers: headers)
    }

    /// A member of its `error`; nil where it has none.
    func error(_ name: String) -> String? {
        guard case .object(let fields) = document, case .object(let error)? = fields["error"],
            case .string(let text)? = error[name]
        else { return nil }
        return text
    }
}
