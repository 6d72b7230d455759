/// The program's own texts in another language than English.
///
/// A phrase is known by its English template, with `{1}`, `{2}`, … where its arguments go; blanks and line breaks around it
/// belong to the place where it is used. A translation may put the arguments in another order, leave some out, or use one twice:
///
/// - `{1}`: the argument as it is rendered.
/// - `{1:книга|книги|книг}`: the form that goes with the number that the argument begins with.
package struct Translation: Sendable {
    private let phrases: [String: String]
    /// The forms of each noun, by its English singular.
    private let nouns: [String: [String]]
    /// Which of a noun's forms goes with a number.
    private let form: @Sendable (_ number: Int) -> Int

    /// - Parameters:
    ///   - phrases: translations by template.
    ///   - nouns: forms by the English singular, for texts that count.
    ///   - form: which of the forms goes with a number.
    package init(phrases: [String: String], nouns: [String: [String]], form: @escaping @Sendable (Int) -> Int) {
        self.phrases = phrases
        self.nouns = nouns
        self.form = form
    }

    /// The phrase with its arguments; nil where it is not known.
    func string(_ template: String, _ arguments: [String]) -> String? {
        let phrase = template.drop(while: \.isWhitespace)
        let start = template.prefix(template.count - phrase.count)
        let end = String(phrase.reversed().prefix(while: \.isWhitespace).reversed())
        guard let translated = phrases[String(phrase.dropLast(end.count))] else { return nil }
        return start + filled(translated, arguments) + end
    }

    func noun(_ noun: String, after number: String) -> String? {
        nouns[noun].flatMap { chosen(of: $0, by: number) }
    }

    private func filled(_ translated: String, _ arguments: [String]) -> String {
        var text = ""
        var rest = translated[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let hole = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
            if let number = hole.first.flatMap({ Int($0) }), arguments.indices.contains(number - 1) {
                let argument = arguments[number - 1]
                let forms = hole.dropFirst().first?.split(separator: "|", omittingEmptySubsequences: false)
                text += forms.flatMap { chosen(of: $0.map(String.init), by: argument) } ?? argument
            } else {
                text += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// The form that goes with the number at the beginning of `text`, which may be grouped.
    private func chosen(of forms: [String], by text: String) -> String? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == " ") }.filter(\.isNumber)
        let form = form(Int(digits.suffix(4)) ?? 0)
        return forms.indices.contains(form) ? forms[form] : forms.last
    }
}
