/// Why a browser did not do as it was told.
enum WebDriverError: Error, CustomStringConvertible {
    /// A server on this machine has not answered.
    case noAnswer(String)
    /// The driver has refused a command.
    case refused(command: String, why: String)
    /// The page is not what was waited for; what it shows, and what its console says.
    case tookTooLong(waitingFor: String, shown: String, console: [String])

    var description: String {
        switch self {
        case .noAnswer(let request): "nobody answers \(request)"
        case .refused(let command, let why): "\(command): \(why)"
        case .tookTooLong(let what, let shown, let console):
            "\(what) took too long; the page shows: \(shown.prefix(3000))\nconsole: \(console.joined(separator: "\n"))"
        }
    }
}
