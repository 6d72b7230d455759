import ErrorModel
import Operations
package import WebServer

extension WebApplication {
    /// What the server refuses by itself, as any other error is answered.
    package static func response(to refusal: WebRefusal) -> WebResponse {
        let exit: ExitStatus = refusal == .full ? .tryLater : .usage
        var failure = WebFailure(refusal.status, exit, kind: exit.kind, DisplayText(refusal.message))
        failure.headers = refusal.headers
        var response = WebResponse(failure)
        SecurityHeaders.add(to: &response)
        return response
    }
}
