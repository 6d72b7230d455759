/// A sentence or a part of one: the program's own pieces of text, and what stands between each two of them.
struct Phrase: Hashable, Sendable {
    enum Argument: Hashable, Sendable {
        case text(DisplayText)
        /// A noun as it follows a number.
        case noun(String, number: DisplayText)
    }

    /// One more than there are arguments.
    private var pieces: [String]
    private var arguments: [Argument] = []

    init(_ text: String) {
        pieces = [text]
    }

    mutating func append(_ literal: String) {
        pieces[pieces.count - 1] += literal
    }

    mutating func append(_ argument: Argument) {
        arguments.append(argument)
        pieces.append("")
    }

    var isEmpty: Bool {
        pieces.allSatisfy(\.isEmpty)
            && arguments.allSatisfy { argument in
                switch argument {
                case .text(let text): text.isEmpty
                case .noun: false
                }
            }
    }

    private func continued(by next: Phrase) -> Phrase {
        var phrase = self
        phrase.append(next.pieces[0])
        for (argument, piece) in zip(next.arguments, next.pieces.dropFirst()) {
            phrase.append(argument)
            phrase.append(piece)
        }
        return phrase
    }

    /// The phrase in English with `{1}`, `{2}`, … where the arguments go: what a ``Translation`` knows it by.
    var template: String {
        var template = pieces[0]
        for (index, piece) in pieces.dropFirst().enumerated() {
            template += "{\(index + 1)}" + piece
        }
        return template
    }

    /// Phrases that follow one another without a blank between them: translated as one, or else one by one.
    static func string(of phrases: [Phrase], in translation: Translation?, _ clock: DisplayText.Clock?) -> String {
        if let translation, phrases.count > 1 {
            let whole = phrases.dropFirst().reduce(phrases[0]) { $0.continued(by: $1) }
            if let text = whole.translated(by: translation, clock) { return text }
        }
        return phrases.map { $0.translated(by: translation, clock) ?? $0.english(in: translation, clock) }.joined()
    }

    private func translated(by translation: Translation?, _ clock: DisplayText.Clock?) -> String? {
        translation.flatMap { $0.string(template, rendered(in: $0, clock)) }
    }

    /// The phrase as it is written, with its arguments translated.
    private func english(in translation: Translation?, _ clock: DisplayText.Clock?) -> String {
        var text = pieces[0]
        for (argument, piece) in zip(rendered(in: translation, clock), pieces.dropFirst()) { text += argument + piece }
        return text
    }

    private func rendered(in translation: Translation?, _ clock: DisplayText.Clock?) -> [String] {
        arguments.map { argument in
            switch argument {
            case .text(let text): text.string(in: translation, clock: clock)
            case .noun(let noun, let number):
                translation?.noun(noun, after: number.string) ?? (number.string == "1" ? noun : noun + "s")
            }
        }
    }
}
