import Database
import ErrorModel

/// URLs of databases: what follows a colon is in no error, what is accepted contains no password, and its description means the
/// same database.
extension FuzzKind {
    static let url = FuzzKind("url") { input in
        let text = input.text
        let url: DatabaseURL
        do {
            url = try DatabaseURL(parsing: text)
        } catch let error as DatabaseURLError {
            let words = [error.description, error.remedy.map { "\($0)" } ?? ""].joined()
            Finding.unless(!isAfterColon(text) || !Marker.isIn(words), "an error repeats a password: \(words)")
            return
        }
        switch url {
        case .sqlite(let path): Finding.unless(!path.isEmpty, "no path")
        case .mariadb(let server):
            Finding.unless(!(server.user ?? "").unicodeScalars.contains(":"), "a user with a password")
            Finding.unless(
                !server.schema.unicodeScalars.contains { ":@/".unicodeScalars.contains($0) }, "a schema that is none")
            Finding.unless(!server.host.isEmpty && !server.schema.isEmpty, "no host or schema")
        }
        Finding.unlessSame(try DatabaseURL(parsing: url.description).description, url.description, "described")
    }

    /// Whether the mark follows a colon behind the scheme, in any spelling.
    private static func isAfterColon(_ text: String) -> Bool {
        var rest = text.unicodeScalars.drop { $0 != ":" }.dropFirst()
        if rest.starts(with: "//".unicodeScalars) { rest = rest.dropFirst(2) }
        let spelt = ["%3A", "%3a"].reduce(String.UnicodeScalarView(rest)) {
            $0.replacing($1.unicodeScalars, with: ":".unicodeScalars)
        }
        let after = spelt.drop { $0 != ":" }
        return Marker.isIn(String(String.UnicodeScalarView(after)))
    }
}
