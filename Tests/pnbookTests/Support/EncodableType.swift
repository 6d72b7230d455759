import Foundation

/// A type that source text declares `Encodable`, and the optional properties that its JSON would lack where they are nil.
///
/// The text is read line by line, as the formatter leaves it: one declaration on a line.
struct EncodableType: Equatable {
    let name: String
    /// Optional properties that are encoded, by name: with `@ExplicitNull`, and without it.
    var explicit: [String] = []
    var missing: [String] = []

    /// The types of the Swift files in `folders`, which are relative to the package.
    static func all(in folders: [String]) throws -> [EncodableType] {
        try folders.flatMap(Checkout.swiftFiles).flatMap { all(in: try String(contentsOf: $0, encoding: .utf8)) }
    }

    static func all(in source: String) -> [EncodableType] {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map {
            // Neither a comment nor a text declares anything or has a brace that counts.
            String($0).replacing(#/"(?:\\.|[^"\\])*"/#, with: "\"\"").replacing(#/\/\/.*/#, with: "")
        }
        return lines.indices.compactMap { index in
            let match = lines[index].firstMatch(of: #/(?:struct|class|enum) (\w+)(?:<.*>)?\s*:(.*)\{/#)
            guard let match, match.2.contains(#/\b(Encodable|Codable|CommandResult)\b/#) else { return nil }
            return EncodableType(name: String(match.1), body: body(of: lines[index...]))
        }
    }

    private init(name: String, body: [String]) {
        self.name = name
        // Written by hand, `encode` of an optional is a null.
        if body.contains(where: { $0.contains("func encode(to ") }) { return }
        let listed = Self.codingKeys(body)
        for line in body {
            let pattern =
                #/^\s*(@ExplicitNull )?(?:(?:package|private|fileprivate|private\(set\)) )*(?:let|var) (\w+): ([^={]+\?)\s*(?:=.*)?$/#
            guard let match = line.firstMatch(of: pattern) else { continue }
            let property = String(match.2)
            if let listed, !listed.contains(property) { continue }
            if match.1 == nil { missing.append(property) } else { explicit.append(property) }
        }
    }

    /// The lines directly inside the braces that the first line opens, and the heads of what is declared there.
    private static func body(of lines: ArraySlice<String>) -> [String] {
        var depth = 0
        var body: [String] = []
        for line in lines {
            if depth == 1 { body.append(line) }
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
            if depth == 0 { break }
            // The names of the keys are all that counts of what is deeper.
            if depth == 2, line.contains(#/^\s*case \w/#), let head = body.last, head.contains("enum CodingKeys") {
                body[body.count - 1] += line
            }
        }
        return body
    }

    /// The properties that are encoded; nil for all.
    private static func codingKeys(_ body: [String]) -> Set<String>? {
        guard let keys = body.first(where: { $0.contains("enum CodingKeys") }) else { return nil }
        // The lines are joined by blanks: a key may stand before the next `case`.
        let names = keys.replacing(#/^.*\{/#, with: "").replacing(#/\bcase\b/#, with: ",").split(separator: ",")
        return Set(names.map { $0.trimmingCharacters(in: CharacterSet.whitespaces.union(["}"])) })
    }
}
