import Database
import ErrorModel
import FoundationEssentials
import Operations

/// Where the page's token comes from, as passwords are given: never from a command line or a variable.
package enum TokenSource: Sendable {
    /// The first line of a file that only its owner may read.
    case file(String)
    /// What systemd hands over by that name.
    case credential(String)
    /// What a command prints.
    case command(String)

    /// The credential that is taken where nothing is said.
    package static let credentialName = "pnbook-web-token"

    /// Seconds that a command may take.
    private static let commandLimit = 30.0

    /// Reads it.
    ///
    /// - Parameter credentials: systemd's folder of credentials; nil where there is none.
    /// - Throws: `ConfigurationError`.
    package func token(credentials: String?) throws -> AccessToken {
        try AccessToken(try secret(credentials))
    }

    private func secret(_ credentials: String?) throws -> Secret {
        switch self {
        case .file(let path): return try SecretFile.secret(at: path, credentials: credentials)
        case .credential(let name):
            guard let credentials else {
                throw ConfigurationError(
                    "systemd has handed over no credentials, and the token is to be one of them: \(name)")
            }
            guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else {
                throw ConfigurationError("'\(name)' is not the name of a credential")
            }
            return try SecretFile.secret(at: credentials + "/" + name, credentials: credentials)
        case .command(let command):
            let result: ChildProcess.Result
            do {
                result = try ChildProcess("/bin/sh", ["-c", command]).run(within: Self.commandLimit)
            } catch let failure as ChildProcess.Failure {
                throw ConfigurationError("the command that prints the token failed: \(failure.text)")
            }
            // What it printed is not repeated: it may be the token.
            guard result.code == 0, let line = result.output.firstLine else {
                throw ConfigurationError(
                    "the command that prints the token ended with code \(result.code) or printed nothing; run it by hand"
                )
            }
            return Secret(line)
        }
    }
}
