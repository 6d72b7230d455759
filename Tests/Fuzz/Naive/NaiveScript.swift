import Harness

/// A second reader of SQL scripts: what each scalar is part of, and then the cuts.
struct NaiveScript {
    private(set) var statements: [String] = []

    init(_ script: String) {
        var statement = String.UnicodeScalarView()
        let scalars = Array(script.unicodeScalars)
        var at = 0
        while at < scalars.count {
            let end = Self.end(of: scalars, from: at)
            switch scalars[at] {
            case ";": close(&statement)
            case "'", "\"", "`": statement.append(contentsOf: scalars[at..<end])
            default: if end == at + 1, scalars[at] != "#" { statement.append(scalars[at]) }
            }
            at = end
        }
        close(&statement)
    }

    /// Where what begins at `at` ends: a quoted text, a comment, or a single scalar.
    private static func end(of scalars: [Unicode.Scalar], from at: Int) -> Int {
        let next = at + 1 < scalars.count ? scalars[at + 1].value : nil
        switch (scalars[at].value, next) {
        case (0x27, _), (0x22, _), (0x60, _):
            let close = scalars[(at + 1)...].firstIndex(of: scalars[at])
            return close.map { $0 + 1 } ?? scalars.count
        case (0x23, _), (0x2D, 0x2D?):
            return scalars[at...].firstIndex(of: "\n") ?? scalars.count
        case (0x2F, 0x2A?):
            var index = at + 2
            while index < scalars.count, !scalars[index...].starts(with: ["*", "/"]) { index += 1 }
            return min(index + 2, scalars.count)
        default: return at + 1
        }
    }

    private mutating func close(_ statement: inout String.UnicodeScalarView) {
        let text = NaiveText.trimmed(String(statement))
        if !text.utf8.isEmpty { statements.append(text) }
        statement = String.UnicodeScalarView()
    }
}
