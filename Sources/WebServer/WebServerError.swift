package import ErrorModel

/// A server that cannot listen.
package enum WebServerError: Diagnosable, Hashable {
    /// - Parameters:
    ///   - address: as people write it: `127.0.0.1:8080`, `/run/pnbook/web.sock`.
    case addressInUse(address: String)

    package var text: DisplayText {
        switch self {
        case .addressInUse(let address): "another process listens on \(address)"
        }
    }

    package var category: ErrorCategory { .configuration }

    package var remedy: Remedy? {
        switch self {
        case .addressInUse: .text("Choose another address, or stop that process")
        }
    }
}
