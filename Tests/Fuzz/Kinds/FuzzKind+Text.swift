import Database
import ErrorModel
import Foundation
import Harness

@testable import Operations
@testable import PartnumberBooks

/// Texts of the catalogue, which may be any bytes: validity, trimming, keys, sets of keys, and how they are shown.
extension FuzzKind {
    static let text = FuzzKind("text") { input in
        let lines = input.lines(atMost: 16)
        for line in lines {
            line.withUnsafeBytes { checkBytes($0) }
            // Texts that begin at any address are read eight bytes at a time.
            for start in 1..<8 where start < line.count {
                line.withUnsafeBytes { checkValidity(UnsafeRawBufferPointer(rebasing: $0[start...])) }
            }
        }
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        checkKeys(texts)
        for text in texts { checkShown(text) }
    }

    private static func checkValidity(_ bytes: UnsafeRawBufferPointer) {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var isValid = true
        var length = 0
        decode: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): length += UTF8.width(scalar)
            case .emptyInput: break decode
            case .error:
                isValid = false
                break decode
            }
        }
        Finding.unlessSame(bytes.firstInvalidUTF8, isValid ? nil : length, "the first byte that is no UTF-8")
    }

    private static func checkBytes(_ bytes: UnsafeRawBufferPointer) {
        checkValidity(bytes)
        let trimmed = Whitespace.trimmed(bytes)
        Finding.unlessSame(Array(Whitespace.trimmed(trimmed)), Array(trimmed), "trimmed twice")
        if let text = String(validating: bytes, as: UTF8.self) {
            Finding.unlessSame(Array(trimmed), Array(NaiveText.trimmed(text).utf8), "trimmed")
            Finding.unlessSame(
                ColumnLimit(field: "", characters: 5).holds(bytes), text.unicodeScalars.count <= 5, "five characters")
        } else {
            Finding.unless(!bytes.invalidUTF8Excerpt.isEmpty, "nothing is shown of what is no UTF-8")
        }
    }

    private static func checkKeys(_ texts: [String]) {
        var set = KeySet()
        for text in texts where !NaiveText.key(text).isEmpty { set.insert(NormalizedKey(text)) }
        let keys = Set(texts.map(NaiveText.key)).subtracting([""])
        Finding.unlessSame(set.count, keys.count, "distinct keys")
        for text in texts {
            for spelling in [text, text.uppercased(), text.decomposedStringWithCanonicalMapping, "x" + text] {
                Finding.unlessSame(NormalizedKey(spelling).text, NaiveText.key(spelling), "the key")
                var trimmed = NaiveText.trimmed(spelling)
                let isIn = trimmed.withUTF8 { set.contains(UnsafeRawBufferPointer($0)) }
                Finding.unlessSame(isIn, keys.contains(NaiveText.key(spelling)), "'\(spelling)' among the keys")
            }
        }
    }

    private static func checkShown(_ text: String) {
        let shown = [Excerpt.quoted(text), text.escapedForDisplay(upTo: 40)]
        for shown in shown {
            Finding.unless(
                !shown.unicodeScalars.contains { $0.properties.generalCategory == .control },
                "a control character is shown: \(shown)")
        }
    }
}
