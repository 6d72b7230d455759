import Foundation
import Testing

@testable import PartnumberBooks

@Suite("Trimming and keys")
struct WhitespaceTests {
    private func trimmed(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { Array(Whitespace.trimmed(UnsafeRawBufferPointer($0))) }
    }

    @Test("Every scalar is trimmed exactly where Unicode calls it White_Space")
    func everyScalar() {
        for value in 0...UInt32(0x10FFFF) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isTrimmed = trimmed(String(scalar)).isEmpty
            if isTrimmed != scalar.properties.isWhitespace {
                Issue.record("U+\(String(value, radix: 16)): trimmed \(isTrimmed)")
            }
        }
    }

    @Test("Blanks go from both ends and stay inside")
    func bothEnds() {
        #expect(trimmed("\u{3000}\t a\u{00A0}b \u{2003}\u{0085}\r\n") == Array("a\u{00A0}b".utf8))
        #expect(trimmed("\u{200B}a\u{200B}") == Array("\u{200B}a\u{200B}".utf8))
        // A blank before a combining mark is a blank all the same: trimming looks at scalars, not at characters.
        #expect(trimmed(" \u{0301}a") == Array("\u{0301}a".utf8))
        #expect(trimmed("") == [])
        // The last byte of another character may look like a blank's.
        #expect(trimmed("\u{0120}") == Array("\u{0120}".utf8))
        #expect(trimmed("\u{4E80}") == Array("\u{4E80}".utf8))
    }

    @Test("Keys ignore case and canonical form, and nothing else")
    func keys() {
        #expect(NormalizedKey(" ABC\n") == NormalizedKey("abc"))
        #expect(NormalizedKey("É") == NormalizedKey("e\u{0301}"))
        #expect(NormalizedKey("СЕРВЕР") == NormalizedKey("сервер"))
        #expect(NormalizedKey("\u{212A}") == NormalizedKey("k"))
        #expect(NormalizedKey("ß") != NormalizedKey("ss"))
        #expect(NormalizedKey("\u{FF21}") != NormalizedKey("a"))
        #expect(NormalizedKey("a b") != NormalizedKey("a\u{00A0}b"))
    }

    @Test(
        "A glob matches the whole key",
        arguments: [
            ("*", "", true), ("*", "abc", true), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "abd", false),
            ("?", "", false), ("?", "a", true), ("?", "ab", false), ("a?c", "abc", true), ("*b*", "abc", true),
            ("*ab", "aab", true), ("a**b", "ab", true), ("[a]", "a", false), ("a%", "ab", false), ("?", "😀", true),
            ("?", "e\u{0301}", true), ("*x", "xyzx", true), ("*a*b*c*", "1a2b3c4", true), ("*a*b*c*", "1a2c3b4", false),
        ])
    func globs(pattern: String, text: String, matches: Bool) {
        #expect(Glob(key: NormalizedKey(pattern)).matches(Array(text)) == matches)
    }
}
