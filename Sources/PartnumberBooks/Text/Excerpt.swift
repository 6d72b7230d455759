import Database
import ErrorModel

/// Data in messages: short, in quotes, and without anything that moves a terminal's cursor or forges a line.
enum Excerpt {
    private static let longest = 60

    /// `'PN-1'`; NULL for nil.
    static func quoted(_ text: String?) -> String {
        text.map { "'" + bare($0) + "'" } ?? "NULL"
    }

    /// The same without the quotes.
    static func bare(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return String(scalars.prefix(longest)).withHiddenScalarsEscaped + (scalars.count > longest ? "…" : "")
    }
}

extension UnsafeRawBufferPointer {
    /// The first bytes that are not UTF-8, in hexadecimal: `C2 E5 ED F2 E8`.
    var invalidUTF8Excerpt: String {
        self[(firstInvalidUTF8 ?? 0)...].prefix(5).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }
}
