package import Database
import ErrorModel
import FoundationEssentials
import Synchronization

/// Where the password comes from. It is read, or its command run, when the first connection is opened, and only once.
package final class PasswordSource: Sendable {
    enum Kind: Sendable {
        case file(String)
        case command(String)
        /// A file that systemd has made for this service alone.
        case credential(String)
    }

    let kind: Kind
    /// For `config show`.
    package let origin: String
    private let credentials: String?
    private let known = Mutex<Secret?>(nil)

    /// Whether another program is run for it, which may ask a person.
    package var isCommand: Bool {
        if case .command = kind { true } else { false }
    }

    /// The file's name in systemd's folder of credentials.
    static let credentialName = "pnbook-password"

    /// How long a password command may take, in seconds.
    private static let commandLimit = 30.0

    /// The source that wins; nil where none is given.
    ///
    /// - Throws: ``ConfigurationError`` or ``UsageError`` for two sources of the same strength.
    package init?(_ settings: Configuration) throws {
        var candidates: [(kind: Kind, origin: ConfigurationOrigin, name: String)] = []
        if let found = try settings.resolved(.passwordFile) {
            candidates.append((.file(found.text), found.origin, ConfigurationKey.passwordFile.rawValue))
        }
        if let found = settings.find(.passwordCommand) {
            candidates.append((.command(found.text), found.origin, ConfigurationKey.passwordCommand.rawValue))
        }
        if let path = Self.credential(in: settings.credentials) {
            candidates.append((.credential(path), .credential, Self.credentialName))
        }
        guard let strongest = candidates.min(by: { $0.origin.rank < $1.origin.rank }) else { return nil }
        let rivals = candidates.filter { $0.origin.rank == strongest.origin.rank }
        if rivals.count > 1 {
            let names = rivals.map { DisplayText($0.origin.description) }.joined(separator: " and ")
            let message: DisplayText =
                "\(names): there is one password; give its file or the command that prints it, not both"
            throw strongest.origin.rank == 0
                ? UsageError(message) : ConfigurationError(message) as any Error
        }
        kind = strongest.kind
        origin = strongest.origin.description
        credentials = settings.credentials
    }

    /// - Returns: nil for an empty one as well: a unit for any configuration hands that over where there is no password.
    private static func credential(in folder: String?) -> String? {
        guard let folder else { return nil }
        let path = folder + "/" + credentialName
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text != nil && text?.firstLine == nil ? nil : path
    }

    /// Makes sure that a file can be read; a command is not run for that.
    ///
    /// - Parameter proceed: called while a pipe is waited for; throws to end the wait.
    /// - Throws: ``ConfigurationError``.
    package func check(proceed: () throws -> Void = {}) throws {
        switch kind {
        case .file, .credential: _ = try password(proceed: proceed)
        case .command: break
        }
    }

    /// The password.
    ///
    /// - Parameter proceed: called while a command runs or a pipe is waited for; throws to end it.
    /// - Throws: ``ConfigurationError`` where there is none.
    package func password(proceed: () throws -> Void) throws -> Secret {
        try known.withLock { known in
            if let known { return known }
            let text =
                switch kind {
                case .file(let path), .credential(let path):
                    try SecretFile.text(at: path, credentials: credentials, proceed: proceed)
                case .command(let command):
                    try Self.output(of: command, origin, proceed)
                }
            let secret = Secret(text)
            known = secret
            return secret
        }
    }

    private static func output(
        of command: String, _ origin: String, _ proceed: () throws -> Void
    ) throws -> String {
        let result: ChildProcess.Result
        do {
            result = try ChildProcess("/bin/sh", ["-c", command]).run(within: commandLimit, proceed: proceed)
        } catch let failure as ChildProcess.Failure {
            throw ConfigurationError("\(origin): the password command failed: \(failure.text)")
        }
        guard result.code == 0 else {
            // What it printed is not repeated: it may be the password.
            throw ConfigurationError(
                "\(origin): the password command ended with code \(result.code), not 0; run it by hand")
        }
        guard let line = result.output.firstLine else {
            throw ConfigurationError("\(origin): the password command printed nothing")
        }
        return line
    }
}
