import Crypto
package import Database
import ErrorModel
import Operations

/// The token that opens the page. Only its digest is kept.
package struct AccessToken: Sendable {
    private let digest: [UInt8]

    /// The fewest characters of a token: one that is chosen at random and shorter could be guessed.
    package static let shortest = 16

    /// - Throws: `ConfigurationError` for one that is too short.
    package init(_ secret: Secret) throws {
        guard secret.value.unicodeScalars.count >= Self.shortest else {
            throw ConfigurationError(
                "the token has fewer than \(Self.shortest) characters",
                remedy: .text("Make one at random: openssl rand -base64 32"))
        }
        digest = Self.digest(of: Array(secret.value.utf8))
    }

    /// Whether it is the token, in a time that does not depend on where it differs.
    func matches(_ candidate: [UInt8]) -> Bool {
        // Of equal length, whatever was sent.
        zip(Self.digest(of: candidate), digest).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
