import ErrorModel
import FoundationEssentials

/// What came of a ping: how `curl` ended, and what it says of the answer.
struct PingAnswer {
    private let exitCode: Int32
    /// The answer's status; 0 for none.
    private let status: Int
    /// Where the answer points; nil for nowhere.
    private let redirection: URL?

    /// - Parameter output: curl's `%{http_code} %{redirect_url}`.
    init(exitCode: Int32, output: String) {
        self.exitCode = exitCode
        let words = output.split(separator: " ", maxSplits: 1)
        status = words.first.flatMap { Int($0) } ?? 0
        redirection = words.count > 1 ? URL(string: String(words[1])) : nil
    }

    /// Why the monitor does not know; nil where it does.
    ///
    /// Of an address only what leads to its host is shown: the rest is as good as a password.
    ///
    /// - Parameter limit: the time that it had, in seconds.
    func failure(within limit: Int) -> DisplayText? {
        switch exitCode {
        case 0 where (200..<300).contains(status): nil
        case 0 where (300..<400).contains(status): redirected
        case 0: "it answered with status \(status)"
        case 127: "curl is not installed; run: apt-get install curl"
        case 6: "its name is not known (curl 6)"
        case 7: "it cannot be reached (curl 7)"
        case 22: "it answered with an error (status \(status), curl 22)"
        case 28: "it did not answer within \(limit) seconds (curl 28)"
        default: "curl ended with code \(exitCode)"
        }
    }

    private var redirected: DisplayText {
        guard let redirection, let host = redirection.host(), let scheme = redirection.scheme else {
            return
                "it answered with a redirection (status \(status)), which is not followed; write the final address in ping-url"
        }
        let port = redirection.port.map { ":\($0)" } ?? ""
        return
            "it answered with a redirection to \(scheme)://\(host)\(port) (status \(status)), which is not followed; write the "
            + "final address in ping-url"
    }
}
