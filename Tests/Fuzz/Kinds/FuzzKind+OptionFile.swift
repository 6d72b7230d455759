import Database
import DatabaseMariaDB
import ErrorModel

/// MariaDB option files: no error repeats a value, nothing in one weakens how a server is verified, and what was understood is
/// understood again when it is written plainly.
extension FuzzKind {
    static let optionFile = FuzzKind("option-file") { input in
        let file: OptionFile
        do {
            file = try OptionFile(input.bytes, path: "fuzz.cnf")
        } catch let error as OptionFileError {
            let words = error.description + (error.remedy.map { "\($0)" } ?? "")
            Finding.unless(
                !Marker.isIn(words) || hasMarkerInName(input), "an error repeats a value: \(words)")
            Finding.unless(!words.contains("\n") && words.utf8.count < 2000, "an error of several lines: \(words)")
            return
        }
        Finding.unless(file.texts.values.allSatisfy { !$0.isEmpty && !$0.utf8.contains(0) }, "an empty setting")
        var plain = "[pnbook]\n"
        for (name, value) in values(of: file) { plain += "\(name)=\"\(escaped(value))\"\n" }
        Finding.unlessSame(
            try OptionFile(plain.utf8, path: "fuzz.cnf"), file, "written plainly and read again: \(plain)")
    }

    private static func values(of file: OptionFile) -> [(String, String)] {
        let login = [("user", file.user), ("password", file.password?.value)]
        return login.compactMap { name, value in value.map { (name, $0) } }
            + file.texts.map { ($0.key.rawValue, $0.value) }
    }

    /// As the client library reads a value.
    private static func escaped(_ value: String) -> String {
        value.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": #"\\"#
            case "\n": #"\n"#
            case "\r": #"\r"#
            case "\t": #"\t"#
            case "\u{8}": #"\b"#
            case "\"": #"\""#
            case "'": #"\'"#
            default: String(scalar)
            }
        }.joined()
    }

    /// A name may be repeated, and so may a group's.
    private static func hasMarkerInName(_ input: FuzzInput) -> Bool {
        input.textLines(atMost: .max).contains { line in
            Marker.isIn(Substring(line.unicodeScalars.prefix { $0 != "=" }))
        }
    }
}
