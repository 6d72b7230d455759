/// The rules of text once more, scalar by scalar.
enum NaiveText {
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars.drop(while: \.properties.isWhitespace)
        let rest = scalars.reversed().drop(while: \.properties.isWhitespace)
        return String(String.UnicodeScalarView(rest.reversed()))
    }

    static func key(_ text: String) -> String { trimmed(text).lowercased() }
}
