import ErrorModel

/// One line `name = value` of an option file, as MariaDB's client library reads it.
struct OptionLine {
    /// In small letters, with dashes, without a prefix.
    let name: String
    /// As it is written, for messages: cut, and with what is not seen escaped. Left out, it would make another name of it.
    let writtenName: String
    /// `skip`, `disable`, `loose` and the like in front of the name; nil where there is none.
    let prefix: String?
    /// Nil for an option without a value.
    let value: String?

    /// - Parameter content: without blanks around it.
    init(_ content: ArraySlice<UInt8>, at place: String) throws(OptionFileError) {
        if content.first == UInt8(ascii: "'") || content.first == UInt8(ascii: "\"") {
            throw OptionFileError(
                "\(place): a quote where the name of an option must be",
                remedy: .text("Write name=value, with quotes around the value alone"))
        }
        let equals = content.firstIndex(of: UInt8(ascii: "="))
        let written = Self.trimmed(content[..<(equals ?? content.endIndex)])
        guard let raw = String(validating: written, as: UTF8.self), !raw.isEmpty else {
            throw OptionFileError(
                "\(place): no name of an option", remedy: .text("Write name=value"))
        }
        writtenName = String(raw.unicodeScalars.prefix(60)).withHiddenScalarsEscaped
        (prefix, name) = Self.withoutPrefix(raw.lowercased().replacing("_", with: "-"))
        guard let equals else {
            value = nil
            return
        }
        let bytes = Self.unescaped(Self.unquoted(Self.trimmed(content[(equals + 1)...])))
        guard let value = String(validating: bytes, as: UTF8.self), !value.utf8.contains(0) else {
            throw OptionFileError(
                "\(place): the value of \(writtenName) is not UTF-8 text",
                remedy: .text("Write the file in UTF-8"))
        }
        self.value = value
    }

    private static let prefixes = ["loose", "skip", "disable", "enable", "maximum", "autoset"]

    private static func withoutPrefix(_ name: String) -> (String?, String) {
        var (found, rest): (String?, String) = (nil, name)
        while let prefix = prefixes.first(where: { rest.hasPrefix($0 + "-") }) {
            (found, rest) = (prefix, String(rest.dropFirst(prefix.utf8.count + 1)))
        }
        return (found, rest)
    }

    /// The name in `[name]`; what follows the bracket does not count.
    static func group(_ content: ArraySlice<UInt8>, at place: String) throws(OptionFileError) -> String {
        guard let end = content.firstIndex(of: UInt8(ascii: "]")) else {
            throw OptionFileError(
                "\(place): a group without its closing bracket", remedy: .text("Write [pnbook]"))
        }
        var name = content[(content.startIndex + 1)..<end]
        while let last = name.last, isBlank(last) { name.removeLast() }
        return String(decoding: name, as: UTF8.self)
    }

    // MARK: Bytes

    /// What C calls a space.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }

    /// A quote in front, and any quote at the end, do not belong to the value.
    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isQuote = { (byte: UInt8?) in byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }
        guard isQuote(bytes.first) else { return bytes }
        let rest = bytes.dropFirst()
        return isQuote(rest.last) ? rest.dropLast() : rest
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "s"): 0x20, UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "'"): UInt8(ascii: "'"),
        UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]

    /// A backslash that is not one of an escape, or the last byte, is itself.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first else {
                result.append(byte)
                continue
            }
            rest = rest.dropFirst()
            if let escape = escapes[next] { result.append(escape) } else { result += [byte, next] }
        }
        return result
    }
}
