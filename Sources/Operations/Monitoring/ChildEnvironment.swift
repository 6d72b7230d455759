import FoundationEssentials
import Glibc

/// Which of our variables a child gets. What is set for us alone, as `PNBOOK_` variables are, none of them gets unless it is given.
package enum ChildEnvironment: Sendable {
    /// All others: the user's own command may need any.
    case ofUser
    /// Only what a program needs that fetches an address: nothing that may be a secret.
    case ofNetwork
    /// These, and none of ours.
    case exactly([String: String])

    /// Where programs, their libraries, certificates and proxies are, and in which language they speak.
    private static let needed: Set = [
        "PATH", "HOME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "CURL_CA_BUNDLE", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    ]

    var variables: [String: String] { variables(of: ProcessInfo.processInfo.environment) }

    /// - Parameter environment: ours.
    func variables(of environment: [String: String]) -> [String: String] {
        switch self {
        case .ofUser: environment.filter { name, _ in !name.hasPrefix("PNBOOK_") }
        case .ofNetwork: environment.filter { name, _ in Self.needed.contains(name) || name.hasPrefix("LC_") }
        case .exactly(let variables): variables
        }
    }
}
