import ErrorModel
import Foundation
import Testing

@testable import PnbookCLI

/// The Russian catalogue: nothing is missing from it, and nothing is wrong in it that can be found without reading.
@Suite("Texts in Russian")
struct RussianTests {
    /// Folders of the sources, and what of them is not for people.
    private static let sources = "Sources"

    /// A text that stands in the sources, with all the places.
    private static func texts() throws -> [String: [String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: sources)
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        #expect(files.count > 300)
        var texts: [String: [String]] = [:]
        for file in files where !file.path.contains("/PnbookCLI/Texts/") {
            for text in SourceTextScanner.texts(in: try String(contentsOf: file, encoding: .utf8)) {
                let template = text.template.trimmingCharacters(in: .whitespacesAndNewlines)
                texts[template, default: []].append("\(file.lastPathComponent):\(text.line)")
            }
        }
        return texts
    }

    @Test("Each text that reads like a sentence is in the catalogue, or among those that are not for people")
    func complete() throws {
        let catalogue = Set(RussianTexts.all.flatMap(Translation.entries).map(\.0))
        let missing = try Self.texts().filter { template, _ in
            !catalogue.contains(template) && UntranslatedTexts.isProse(template) && !UntranslatedTexts.contains(template)
        }
        for (template, places) in missing.sorted(by: { $0.key < $1.key }) {
            Issue.record("\(places.joined(separator: ", ")): \(template)")
        }
    }

    @Test("The catalogue has no text that the program no longer says, and none twice")
    func needed() throws {
        let texts = try Self.texts()
        let keys = RussianTexts.all.flatMap(Translation.entries).map(\.0)
        #expect(Set(keys).count == keys.count)
        for key in keys where texts[key] == nil { Issue.record("no longer said: \(key)") }
    }

    @Test("A translation uses arguments that there are, and is Russian")
    func arguments() {
        for (english, russian) in RussianTexts.all.flatMap(Translation.entries) {
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
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: Self.sources)
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        for file in files {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /\.(?:counted|noun)\("([^"]+)"\)/) {
                let noun = String(match.1)
                #expect(RussianTexts.nouns[noun] != nil, "\(file.lastPathComponent): \(noun)")
            }
        }
    }

    @Test("Numbers choose the form of a noun", arguments: zip([1, 2, 5, 11, 12, 21, 22, 25, 111, 1_000_001], [0, 1, 2, 2, 2, 0, 1, 2, 2, 0]))
    func forms(number: Int, form: Int) {
        let noun = DisplayText("\(number.counted("book"))" as DisplayText == "" ? "" : number.counted("book").string(in: .russian))
        let forms = ["книга", "книги", "книг"]
        #expect(noun.string == "\(number.grouped) \(forms[form])")
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

    /// Some of it is Cyrillic, and no two English words of it follow each other: those that do are names and statements.
    private static func requireRussian(_ text: DisplayText) {
        let russian = text.string(in: .russian)
        // Data of a sample alone, and statements to copy.
        if UntranslatedTexts.isProse(text.string) {
            #expect(russian.unicodeScalars.contains { ("а"..."я").contains($0) }, "\(text.string) / \(russian)")
        }
    }
}
