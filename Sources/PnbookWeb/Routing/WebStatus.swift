import Operations

/// HTTP's status for what a program of ours exits with (<doc:ExitCodes>).
enum WebStatus {
    /// Seconds after which it is worth asking again.
    static let retryAfter = 5

    /// - Parameter code: of `pnbook`, or of an error of our own.
    static func status(of code: Int32) -> Int {
        switch ExitStatus(rawValue: code) {
        case .done?, .warnings?: 200
        case .busy?: 409
        case .refused?, .badData?: 422
        case .usage?: 400
        case .unreachable?, .tryLater?: 503
        // Asked to end from elsewhere: nothing is wrong with the request or the server.
        case .interrupted?, .terminated?: 503
        case .failed?, .migrationsPending?, .migrationHalfApplied?, .schema?, .output?, .permission?, .configuration?,
            nil:
            500
        }
    }
}
