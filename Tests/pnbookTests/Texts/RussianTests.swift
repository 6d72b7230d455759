import ErrorModel
import Foundation
import Testing

@testable import PnbookCLI

/// The Russian catalogue: nothing is missing from it, and nothing is wrong in it that can be found without reading.
@Suite("Texts in Russian")
struct RussianTests {
    /// A text in the sources, and where it is.
    private struct Place {
        let text: SourceText
        let path: String

        /// Without the blanks and line breaks around it, as a translation knows it.
        var phrase: String { text.template.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Without the catalogue itself.
    private static let sources = Checkout.swiftFiles(in: "Sources").filter { !$0.path.contains("/PnbookCLI/Texts/") }

    private static func places() throws -> [Place] {
        try sources.flatMap { file in
            SourceTextScanner.texts(in: try String(contentsOf: file, encoding: .utf8)).map {
                Place(text: $0, path: file.path)
            }
        }
    }

    private static let entries = RussianTexts.all.flatMap(Translation.entries)

    @Test("Each text that reads like a sentence is in the catalogue, or among those that are not for people")
    func complete() throws {
        let places = try Self.places()
        #expect(places.count > 3000)
        let known = Set(Self.entries.map(\.0))
        for place in places
        where UntranslatedTexts.isProse(place.phrase) && !known.contains(place.phrase)
            && !UntranslatedTexts.contains(place.text, in: place.path)
        {
            Issue.record("\(place.path.split(separator: "/").last ?? ""):\(place.text.line): \(place.phrase)")
        }
    }

    @Test("The catalogue has no text that the program no longer says, and none twice")
    func needed() throws {
        let said = Set(try Self.places().map(\.phrase))
        var seen: Set<String> = []
        for (english, _) in Self.entries {
            #expect(seen.insert(english).inserted, "twice: \(english)")
            if !said.contains(english) { Issue.record("no longer said: \(english)") }
        }
    }

    @Test("A translation uses arguments that there are, and is Russian")
    func arguments() {
        for (english, russian) in Self.entries {
            let known = Set(english.matches(of: /\{(\d+)\}/).map { String($0.1) })
            let used = Set(russian.matches(of: /\{(\d+)(?::[^}]*)?\}/).map { String($0.1) })
            #expect(used.isSubset(of: known), "\(english): \(russian)")
            #expect(!russian.isEmpty && !russian.contains("\n"), "\(english)")
            for forms in russian.matches(of: /\{\d+:([^}]*)\}/) {
                #expect(forms.1.split(separator: "|", omittingEmptySubsequences: false).count == 3, "\(russian)")
            }
        }
    }

    @Test("Every counted noun has its three forms")
    func nouns() throws {
        for (noun, forms) in RussianTexts.nouns { #expect(forms.count == 3, "\(noun)") }
        for file in Self.sources {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /\.(?:counted|noun)\("([^"]+)"\)/) {
                #expect(RussianTexts.nouns[String(match.1)] != nil, "\(file.lastPathComponent): \(match.1)")
            }
        }
    }

    @Test(
        "A number chooses the form of its noun",
        arguments: [
            (1, "1 книга"), (2, "2 книги"), (4, "4 книги"), (5, "5 книг"), (11, "11 книг"), (12, "12 книг"),
            (14, "14 книг"), (21, "21 книга"), (22, "22 книги"), (111, "111 книг"), (0, "0 книг"),
            (1_000_001, "1 000 001 книга"), (17_569, "17 569 книг"),
        ])
    func forms(number: Int, text: String) {
        #expect(number.counted("book").string(in: .russian) == text)
    }

    @Test("The language is the environment's, by the usual variables")
    func language() {
        let cases: [([String: String], Language)] = [
            ([:], .english), (["LANG": "ru_RU.UTF-8"], .russian), (["LANG": "de_DE.UTF-8"], .english),
            (["LANG": "ru_RU.UTF-8", "LC_ALL": "C"], .english), (["LANG": "C", "LC_MESSAGES": "ru_RU"], .russian),
            (["LANG": "ru_RU.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"], .english),
            (["LANG": "ru_RU.UTF-8", "LC_ALL": ""], .russian), (["LANG": "ru"], .russian),
            (["LANG": "de_DE.UTF-8", "LANGUAGE": "de:ru"], .russian), (["LANGUAGE": "ru"], .english),
            (["LANG": "ru_RU.UTF-8", "LANGUAGE": "en:ru"], .english), (["LANG": "rut"], .english),
        ]
        for (environment, language) in cases {
            #expect(Language(environment: environment) == language, "\(environment)")
        }
    }

    @Test("Every error and every remedy is said in Russian", arguments: ErrorSamples.all.indices)
    func errors(index: Int) {
        let error = ErrorSamples.all[index]
        for text in [error.summary, ErrorReport(of: error).fix ?? "—"] {
            Self.requireRussian(text)
        }
    }

    @Test("Every remedy is said in Russian", arguments: ErrorSamples.remedies)
    func remedies(remedy: Remedy) {
        Self.requireRussian(remedy.sentence)
    }

    /// What reads like a sentence in English has Cyrillic letters; names and statements to copy have none.
    private static func requireRussian(_ text: DisplayText) {
        let russian = text.string(in: .russian)
        if UntranslatedTexts.isProse(text.string) {
            #expect(russian.unicodeScalars.contains { ("а"..."я").contains($0) }, "\(text.string) / \(russian)")
        }
    }
}
