/// A database's URL, or a user with a password, where neither belongs: on a wrong line, or in a wrong variable or flag. Messages
/// would repeat it.
package enum MisplacedSecret {
    private static let schemes = ["mariadb", "mysql"]

    /// Whether a value looks like one. A client or user such as `manual:ann@corp` does not.
    package static func isIn(_ text: String) -> Bool {
        let scalars = Array(text.lowercased().unicodeScalars)
        let ascii = String(String.UnicodeScalarView(scalars))
        for scheme in schemes where ascii.contains(scheme + ":") { return true }
        guard let at = scalars.lastIndex(of: "@") else { return false }
        let before = String(String.UnicodeScalarView(scalars[..<at]))
        let after = String(String.UnicodeScalarView(scalars[(at + 1)...]))
        // With a scheme, or as drivers of other languages write it: user:password@tcp(host)/schema.
        return before.contains("//")
            || before.unicodeScalars.contains(":") && (after.contains("(") || after.unicodeScalars.contains("/"))
    }

    /// What is said in its place.
    static let description = "this looks like a database's URL, or holds a password; it is not repeated here"
}
