package import Database
import ErrorModel

/// What a MariaDB option file says of how to log in: user, password, and by what the server and we prove who we are.
///
/// It is read here and not by the client library, which reads it after the options that a program sets: there a line of the
/// file would switch off what the URL asks for. Of the groups that MariaDB's clients read, `[client]`, `[client-server]` and
/// `[client-mariadb]`, and of our own, `[pnbook]`, each setting's last line counts. Anything else that a client could be told
/// there (host, protocol, statements to begin with) is what the URL says, or is not done at all.
package struct OptionFile: Sendable, Equatable {
    package private(set) var user: String?
    package private(set) var password: Secret?
    /// By the setting.
    package private(set) var texts: [Setting: String] = [:]

    /// A setting that can only make a connection safer. The raw value is the client library's name for it.
    package enum Setting: String, CaseIterable, Sendable {
        /// CAs that sign servers' certificates: a file, or a folder of them.
        case ca = "ssl-ca"
        case caFolder = "ssl-capath"
        /// The certificate that this client shows, its key, and the key's own password.
        case certificate = "ssl-cert"
        case key = "ssl-key"
        case keyPassword = "ssl-passphrase"
        /// Certificates that their CA has revoked: a file, or a folder of them.
        case revoked = "ssl-crl"
        case revokedFolder = "ssl-crlpath"
        /// The fingerprint of the server's certificate, or a file of such.
        case fingerprint = "ssl-fp"
        case fingerprints = "ssl-fplist"

        /// By its name or one of the other ways to write it; nil for another setting.
        init?(named name: String) {
            let name = name.hasPrefix("tls-") ? "ssl-" + name.dropFirst("tls-".count) : name
            self.init(rawValue: name == "ssl-fp-list" ? Self.fingerprints.rawValue : name)
        }
    }

    package init() {}

    package static func == (first: OptionFile, second: OptionFile) -> Bool {
        first.user == second.user && first.password?.value == second.password?.value && first.texts == second.texts
    }

    /// Bytes of a file at most; more is something else.
    package static let largest = 1 << 20

    // MARK: Reading

    /// Reads an option file's text.
    ///
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - path: the file's name, for messages.
    /// - Throws: ``OptionFileError`` for a line that makes no sense in one of the groups that are read, for an option of
    ///   `[pnbook]` that would weaken how the server is verified, and for `!include`.
    package init(_ bytes: some Sequence<UInt8>, path: String) throws(OptionFileError) {
        var group: String?
        var bytes = Array(bytes)
        // A text from another system may begin with a byte order mark.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let place = "\(path):\(index + 1)"
            let content = OptionLine.trimmed(line)
            switch content.first {
            case nil, UInt8(ascii: "#"), UInt8(ascii: ";"): continue
            case UInt8(ascii: "!"):
                throw OptionFileError(
                    "\(place): !include is not followed",
                    remedy: .text("Put user and password into this file itself, in a group [pnbook]"))
            case UInt8(ascii: "["): group = try OptionLine.group(content, at: place)
            default:
                guard let group else {
                    throw OptionFileError(
                        "\(place): an option in front of the first group",
                        remedy: .text("Put a line [pnbook] in front of it"))
                }
                guard Self.groups.contains(group) else { continue }
                try read(try OptionLine(content, at: place), isOurs: group == Self.ours, at: place)
            }
        }
    }

    /// The group that is for this program alone.
    static let ours = "pnbook"

    private static let groups = ["client", "client-server", "client-mariadb", ours]

    private mutating func read(_ line: OptionLine, isOurs: Bool, at place: String) throws(OptionFileError) {
        switch line.name {
        // An empty value takes back an earlier one; a name alone says nothing.
        case "user" where line.prefix == nil:
            if let value = line.value { user = value.isEmpty ? nil : value }
        case "password" where line.prefix == nil:
            if let value = line.value { password = value.isEmpty ? nil : Secret(value) }
        case let name:
            if let setting = Setting(named: name), line.prefix == nil {
                if let value = line.value, !value.isEmpty {
                    texts[setting] = value
                    return
                }
                if isOurs { throw Self.empty(name, at: place) }
            } else if isOurs, name.hasPrefix("ssl") || name.hasPrefix("tls") {
                throw OptionFileError(
                    "\(place): \(line.writtenName) in [pnbook] would change how the server is verified, which "
                        + "only the URL says",
                    remedy: .text(
                        "Take the line out of the file; where less than the URL's verification is wanted, say tls=require or "
                            + "tls=disable there"))
            }
        }
    }

    private static func empty(_ name: String, at place: String) -> OptionFileError {
        OptionFileError(
            "\(place): \(name) has no value",
            remedy: .text("Give it one, or take the line out of the file"))
    }
}
