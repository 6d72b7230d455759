import FoundationEssentials
import Glibc

/// The parts of a database URL, decoded and checked.
///
/// Whoever writes a password into a URL, in whatever spelling, must neither get it printed nor have it taken for another part: what
/// a part cannot be is refused, and nothing of it is repeated. Everything here compares Unicode scalars: a combining mark makes
/// another `Character` of a colon.
enum URLPart {
    /// A user's name: letters, digits and a few signs. Any other name can be given in an option file.
    static func user(_ text: Substring) throws(DatabaseURLError) -> String {
        // Before it is decoded, another `@` is part of a password: the name's own is written %40.
        if text.unicodeScalars.contains("@") { throw isRepeated(in: text) ? .severalUsers : .passwordInURL }
        let name = try decoded(text, name: "user")
        if name.unicodeScalars.contains(where: isColon) { throw .passwordInURL }
        guard name.unicodeScalars.allSatisfy({ $0.isWordCharacter || "_.-$+@".unicodeScalars.contains($0) }) else {
            throw .badUser
        }
        return name
    }

    /// Whether each part of a list has its own user, and none a password: `ann@a,ann` of `ann@a,ann@b`.
    private static func isRepeated(in text: Substring) -> Bool {
        if text.unicodeScalars.contains(where: isColon) || text.unicodeScalars.contains("%") { return false }
        let parts = text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false)
        let users = parts.map { $0.prefix { $0 != "@" } }
        return parts.count > 1 && parts.dropLast().allSatisfy { $0.count { $0 == "@" } == 1 }
            && users.allSatisfy { !$0.isEmpty && $0.elementsEqual(users[0]) } && parts.last?.contains("@") == false
    }

    /// A schema's name: whatever the server allows, but for what only another part of a URL would have.
    static func schema(_ text: Substring) throws(DatabaseURLError) -> String {
        let name = try decoded(text, name: "schema")
        if holdsPassword(name.unicodeScalars) { throw .passwordInURL }
        // A URL's fragment, which a database has none of: in a name it is written %23.
        if text.unicodeScalars.contains("#") { throw .badSchema }
        if name.unicodeScalars.contains(where: { $0 == "/" || $0 == "@" || isColon($0) || $0.isControl }) {
            throw .badSchema
        }
        return name
    }

    /// A host's name; with `isAddress` an IPv6 address, perhaps with a zone.
    static func host(_ text: Substring, isAddress: Bool) throws(DatabaseURLError) -> String {
        let name = try decoded(text, name: "host")
        if holdsPassword(name.unicodeScalars) { throw .passwordInURL }
        let signs = (isAddress ? ".-_:%" : ".-_").unicodeScalars
        guard name.unicodeScalars.allSatisfy({ $0.isASCII && $0.isWordCharacter || signs.contains($0) }) else {
            throw .badHost
        }
        var address = in6_addr()
        if isAddress, inet_pton(AF_INET6, String(name.split(atFirst: "%").0), &address) != 1 { throw .badHost }
        return name
    }

    /// The path of a socket or of a file.
    static func path(_ text: String) throws(DatabaseURLError) -> String {
        if holdsPassword(text.unicodeScalars.prefix { $0 != "/" }) { throw .passwordInURL }
        return text
    }

    /// Whether a text looks like `user:password@host`.
    static func holdsPassword(_ scalars: some Collection<Unicode.Scalar>) -> Bool {
        guard let colon = scalars.firstIndex(where: isColon) else { return false }
        return scalars[colon...].contains("@")
    }

    /// A colon, also a full-width one and its like, which a keyboard of another script types.
    static func isColon(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ":", "\u{FF1A}", "\u{FE55}", "\u{FE13}", "\u{A789}", "\u{2236}", "\u{02D0}", "\u{05C3}": true
        default: false
        }
    }

    /// Whether a parameter's name says that its value is a password.
    static func namesPassword(_ name: Substring) -> Bool {
        let name = name.lowercased()
        return ["pass", "pwd", "secret", "token"].contains { name.contains($0) }
    }

    /// A part as it is written in a URL: with escapes in place of `signs`, which would end the part, and of `%`.
    static func encoded(_ text: String, _ signs: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar == "%" || signs.unicodeScalars.contains(scalar)
                ? "%" + String(scalar.value, radix: 16, uppercase: true) : String(scalar)
        }.joined()
    }

    /// Without its percent-escapes.
    ///
    /// - Parameter name: what the error calls it.
    static func decoded(_ text: Substring, name: String) throws(DatabaseURLError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let code = UInt8(digits, radix: 16),
                // The client library would end the text there.
                code != 0
            else { throw .badEscape(name) }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            throw .badEscape(name)
        }
        return text
    }
}

extension Unicode.Scalar {
    fileprivate var isWordCharacter: Bool { properties.isAlphabetic || properties.numericType == .decimal }
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}

extension StringProtocol where SubSequence == Substring {
    /// The text before the first `separator`, and after it; nil where there is no separator.
    func split(atFirst separator: Unicode.Scalar) -> (Substring, Substring?) {
        guard let index = unicodeScalars.firstIndex(of: separator) else { return (self[...], nil) }
        return (self[..<index], self[unicodeScalars.index(after: index)...])
    }

    /// The text after `prefix`, byte by byte; nil where it does not begin with it.
    func afterPrefix(_ prefix: String) -> Substring? {
        guard utf8.starts(with: prefix.utf8) else { return nil }
        return self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]
    }
}
