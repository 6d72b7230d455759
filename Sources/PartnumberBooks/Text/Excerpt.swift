import Database
import ErrorModel

/// Data in messages: short, in quotes, and without anything that moves a terminal's cursor or forges a line.
///
/// Counted and cut by Unicode scalars: a single character of Swift's may have millions of combining marks.
enum Excerpt {
    private static let longest = 60

    /// `'PN-1'`; NULL for nil.
    static func quoted(_ text: String?) -> String {
        text.map { "'" + bare($0) + "'" } ?? "NULL"
    }

    /// The same for a text in place, of which no more is decoded than is shown.
    static func quoted(_ utf8: UnsafeRawBufferPointer) -> String {
        // A scalar has at most four bytes; one that is cut is behind the last that is shown.
        let most = 4 * (longest + 1)
        return quoted(String(decoding: utf8.prefix(most), as: UTF8.self))
    }

    /// The same without the quotes.
    ///
    /// - Parameter longest: how many scalars are shown at most.
    static func bare(_ text: String, longest: Int = longest) -> String {
        let scalars = text.unicodeScalars
        return String(scalars.prefix(longest)).withHiddenScalarsEscaped
            + (scalars.dropFirst(longest).isEmpty ? "" : "…")
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
