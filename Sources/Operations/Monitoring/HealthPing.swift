package import ErrorModel
package import FoundationEssentials
import Synchronization
import Tasks

/// Tells a monitor that a run began and how it ended, so that a night without a run is noticed: a GET of the address with
/// `/start` appended, and at the end a POST of one line to the address itself, or with `/fail` appended (the protocol of
/// healthchecks.io, which other monitors support as well).
///
/// Sent by `curl`, which gets its instructions on standard input, so that the address appears on no command line. No error here
/// reaches the run; see <doc:Decisions#curl-as-a-process>.
package final class HealthPing: Sendable {
    private let url: URL
    private let warn: @Sendable (DisplayText) -> Void
    /// Whether the end has been told. Held while something is sent, so that the start never comes after the end.
    private let hasEnded = Mutex(false)

    /// Time limit of one message, in seconds.
    private static let limit = 10

    /// - Parameter warn: called with the reason why a message could not be sent.
    package init(_ url: URL, warn: @escaping @Sendable (DisplayText) -> Void) {
        self.url = url
        self.warn = warn
    }

    /// Sends the start when the task begins, on the observer's own thread, so that the run does not wait.
    func listen(to observers: TaskObservers, for type: TaskType) {
        observers.subscribe { [self] announcement in
            guard case .status(let event) = announcement, event.isActive, event.task == TaskEvent.word(type.rawValue)
            else { return }
            hasEnded.withLock { hasEnded in
                if !hasEnded { send(nil, to: "/start") }
            }
        }
    }

    func succeed(_ message: String) { end(message, "") }

    func fail(_ message: String) { end(message, "/fail") }

    private func end(_ message: String, _ suffix: String) {
        hasEnded.withLock { hasEnded in
            hasEnded = true
            send(message, to: suffix)
        }
    }

    private func send(_ message: String?, to suffix: String) {
        let base = url.absoluteString
        let address = (base.hasSuffix("/") ? String(base.dropLast()) : base) + suffix
        var settings = CurlSettings()
        settings.add("url", address)
        settings.add("fail")
        settings.add("silent")
        settings.add("max-time", String(Self.limit))
        settings.add("output", "/dev/null")
        // Not followed: a redirected POST may arrive as a GET, without its message, and nobody said that the other host may know.
        settings.add("write-out", "%{http_code} %{redirect_url}")
        if let message { settings.add("data-raw", message.cut(to: Self.longest)) }
        let curl = ChildProcess(
            "/usr/bin/env", ["curl", "--disable", "--config", "-"], input: settings.text, isMute: true,
            environment: .ofNetwork)
        do {
            let result = try curl.run(within: Double(Self.limit) + 2)
            if let reason = PingAnswer(exitCode: result.code, output: result.output).failure(within: Self.limit) {
                warn("\(prefix) \(reason)")
            }
        } catch {
            warn("\(prefix) \((error as? ChildProcess.Failure)?.text ?? DisplayText(of: error))")
        }
    }

    /// The only part of the address that is shown: the rest of it is as good as a password.
    var host: String { url.host() ?? "?" }

    private var prefix: DisplayText { "the monitor at \(host) could not be told, which changes nothing else:" }

    /// The longest message, in Unicode scalars: a monitor shows a single line.
    private static let longest = 2000
}
