/// A text in double quotes as programs read one: a backslash takes the next scalar with it, and the first other quote is the end.
struct QuotedText {
    /// Between the quotes.
    let raw: String
    /// Behind the closing quote.
    let rest: String

    /// - Parameter prefix: what the line has before the text, with its opening quote.
    init(_ line: Substring.UnicodeScalarView, after prefix: String) {
        guard line.starts(with: prefix.unicodeScalars) else { Finding.report("no \(prefix) in \(Substring(line))") }
        let scalars = Array(line.dropFirst(prefix.unicodeScalars.count))
        var end = 0
        while end < scalars.count, scalars[end] != "\"" { end += scalars[end] == "\\" ? 2 : 1 }
        guard end < scalars.count else { Finding.report("a text without an end: \(Substring(line))") }
        raw = String(String.UnicodeScalarView(scalars[..<end]))
        rest = String(String.UnicodeScalarView(scalars[(end + 1)...]))
    }

    /// Without the backslashes.
    ///
    /// - Parameter lineBreak: the scalar that means one behind a backslash.
    func meaning(lineBreak: Unicode.Scalar?) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in raw.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            result.append(isEscaped && scalar == lineBreak ? "\n" : scalar)
            isEscaped = false
        }
        return String(result)
    }
}
