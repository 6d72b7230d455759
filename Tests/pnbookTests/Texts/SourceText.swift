/// A string literal of a source file, as a translation would know it.
struct SourceText: Hashable {
    /// With `{1}`, `{2}`, … in place of what is interpolated.
    let template: String
    /// From 1.
    let line: Int
    /// The code in front of it, without blanks, as far as that tells what it is for: `help:`, `precondition(count>0,`.
    let before: String
}

/// Finds the string literals of a Swift file, also those within interpolations; literals that `+` joins are one.
///
/// It knows comments, raw strings, strings of several lines and nested interpolations, and nothing else of the language.
struct SourceTextScanner {
    private let scalars: [Unicode.Scalar]
    private var next = 0
    private var line = 1
    private(set) var texts: [SourceText] = []

    /// - Parameter source: the whole file.
    static func texts(in source: String) -> [SourceText] {
        var scanner = SourceTextScanner(source)
        scanner.scanCode(until: nil)
        return scanner.texts
    }

    private init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    /// Up to a closing parenthesis that has no opening one here, or to the end.
    private mutating func scanCode(until end: Unicode.Scalar?) {
        var depth = 0
        // The last literal, where nothing but `+` and blanks follow.
        var open: (template: String, arguments: Int, line: Int, before: String)?
        var before = ""
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\n" }
        var hasPlus = false
        while next < scalars.count {
            let scalar = scalars[next]
            if skipComment() { continue }
            if let hashes = openingHashes() {
                let began = line
                let literal = scanLiteral(hashes)
                if let first = open, hasPlus {
                    open = (
                        first.template + Self.renumbered(literal.template, by: first.arguments),
                        first.arguments + literal.arguments, first.line, first.before
                    )
                } else {
                    if let open { add(open.template, open.line, open.before) }
                    open = (literal.template, literal.arguments, began, before)
                }
                hasPlus = false
                continue
            }
            if scalar == "+", open != nil, !hasPlus {
                hasPlus = true
            } else if !isBlank(scalar) {
                if let open { add(open.template, open.line, open.before) }
                (open, hasPlus) = (nil, false)
            }
            if !isBlank(scalar) { before = String(before.suffix(Self.contextLength - 1)) + String(scalar) }
            if scalar == "(" { depth += 1 }
            if scalar == ")" {
                if depth == 0, end != nil { break }
                depth -= 1
            }
            advance()
        }
        if let open { add(open.template, open.line, open.before) }
    }

    private static let contextLength = 40

    private mutating func add(_ template: String, _ line: Int, _ before: String) {
        texts.append(SourceText(template: template, line: line, before: before))
    }

    /// `{1}` as `{3}` where two arguments come before.
    private static func renumbered(_ template: String, by offset: Int) -> String {
        template.replacing(/\{([0-9]+)\}/) { "{\((Int($0.1) ?? 0) + offset)}" }
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where next < scalars.count {
            if scalars[next] == "\n" { line += 1 }
            next += 1
        }
    }

    private func looking(at text: String) -> Bool {
        scalars[next...].starts(with: text.unicodeScalars)
    }

    private mutating func skipComment() -> Bool {
        guard looking(at: "//") else { return false }
        while next < scalars.count, scalars[next] != "\n" { advance() }
        return true
    }

    /// The number of `#` in front of a quote that begins a literal here; nil where none does.
    private func openingHashes() -> Int? {
        var end = next
        while end < scalars.count, scalars[end] == "#" { end += 1 }
        return end < scalars.count && scalars[end] == "\"" ? end - next : nil
    }

    private mutating func scanLiteral(_ hashes: Int) -> (template: String, arguments: Int) {
        advance(hashes)
        let isLong = looking(at: "\"\"\"")
        let quotes = isLong ? 3 : 1
        advance(quotes)
        let closing = String(repeating: "\"", count: quotes) + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        var (text, arguments) = ("", 0)
        while next < scalars.count, !looking(at: closing) {
            if looking(at: escape + "(") {
                advance(escape.unicodeScalars.count + 1)
                scanCode(until: ")")
                advance()
                arguments += 1
                text += "{\(arguments)}"
            } else if looking(at: escape) {
                advance(escape.unicodeScalars.count)
                text += Self.unescaped(scalars[next])
                advance()
            } else {
                text.unicodeScalars.append(scalars[next])
                advance()
            }
        }
        advance(closing.unicodeScalars.count)
        return (isLong ? Self.withoutIndent(text) : text, arguments)
    }

    private static func unescaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "n": "\n"
        case "t": "\t"
        case "\n": Self.continuation
        default: String(scalar)
        }
    }

    /// A line that goes on in the next one: the blanks in front of that one are not known yet.
    private static let continuation = "\u{0}\n"

    /// Without the blanks that the lines of a long literal begin with.
    private static func withoutIndent(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let indent = lines.last.map { $0.prefix { $0 == " " }.count } ?? 0
        return lines.dropLast().map { $0.dropFirst(min(indent, $0.prefix { $0 == " " }.count)) }.joined(separator: "\n")
            .replacing(continuation, with: "")
    }
}
