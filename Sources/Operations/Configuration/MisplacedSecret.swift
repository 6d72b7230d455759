import ErrorModel

/// A database's URL, or a user with a password, where neither belongs: on a wrong line, or in a wrong variable or flag. Messages
/// would repeat it.
package enum MisplacedSecret {
    /// Of the URLs of databases.
    package static let schemes = ["mariadb", "mysql"]

    /// Whether a value looks like one. A client or user such as `manual:ann@corp` does not.
    package static func isIn(_ text: String) -> Bool {
        let scalars = text.lowercased().unicodeScalars
        if schemes.contains(where: { scalars.contains("\($0):".unicodeScalars) }) { return true }
        guard let at = scalars.lastIndex(of: "@") else { return false }
        let (before, after) = (scalars[..<at], scalars[at...])
        // With a scheme, or as drivers of other languages write it: user:password@tcp(host)/schema.
        return before.contains("//".unicodeScalars)
            || before.contains(":") && (after.contains("(") || after.contains("/"))
    }

    /// What is said in its place.
    static let text: DisplayText = "this looks like a database's URL, or holds a password; it is not repeated here"
}
