import Harness
import TestSupport
import Testing

@testable import PartnumberBooks

/// A set of keys must give the same answers.
@Suite("Key set")
struct KeySetTests {
    private func contains(_ set: KeySet, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { set.contains(UnsafeRawBufferPointer($0)) }
    }

    /// What lies next to the letters, both cases, and what is canonically something else.
    private static let pieces = [
        "a", "A", "b", "B", "z", "Z", "@", "[", "`", "{", "0", "-", "\u{0}", "\u{7F}", ";", "k", "K", "\u{212A}",
        "\u{37E}",
        "\u{1FEF}", "é", "e\u{301}", "É", "ß", "İ", "Σ", "ς", "漢", "\u{301}",
    ]

    private func text(_ random: inout some RandomNumberGenerator) -> String {
        let isPlain = Bool.random(using: &random)
        return (0..<Int.random(in: 0...19, using: &random)).map { _ in
            Self.pieces[Int.random(in: 0..<(isPlain ? 4 : Self.pieces.count), using: &random)]
        }.joined()
    }

    @Test("Whatever is put in, it is found as a set of keys finds it", arguments: 0..<4)
    func differential(part: UInt64) {
        var random = SplitMix64(seed: part)
        var found = 0
        for _ in 0..<500 {
            var set = KeySet()
            var naive: Set<NormalizedKey> = []
            let texts = (0..<Int.random(in: 1...60, using: &random)).map { _ in text(&random) }
            for text in texts {
                set.insert(NormalizedKey(text))
                naive.insert(NormalizedKey(text))
                #expect(set.count == naive.count)
            }
            for text in texts + texts.map({ $0.uppercased() }) + (0..<60).map({ _ in text(&random) }) {
                let expected = naive.contains(NormalizedKey(text))
                found += expected ? 1 : 0
                #expect(contains(set, text) == expected, "\(text.debugDescription)")
            }
        }
        #expect(found > 10_000)
    }

    @Test("Texts of every length around a word and around the longest, and their neighbours in case and length")
    func lengths() {
        var set = KeySet()
        let texts = (Array(1...40) + Array(990...1010)).map { String(String(repeating: "Ab9", count: 400).prefix($0)) }
        for text in texts { set.insert(NormalizedKey(text)) }
        #expect(set.count == texts.count)
        for text in texts {
            #expect(contains(set, text.uppercased()))
            #expect(contains(set, text.lowercased()))
            #expect(!contains(set, text.dropLast() + "!"))
            #expect(!contains(set, text + "\u{0}"))
        }
        #expect(!contains(set, ""))
    }

    @Test("A hundred thousand are all found, and none beside them")
    func many() {
        var set = KeySet()
        for number in 0..<100_000 { set.insert(NormalizedKey("PN-\(number * 2)")) }
        #expect(set.count == 100_000)
        #expect((0..<200_000).allSatisfy { contains(set, "pn-\($0)") == $0.isMultiple(of: 2) })
    }

    @Test("What is canonically ASCII is asked as ASCII, and the other way round")
    func canonical() {
        for (one, other) in [("A\u{37E}", "a;"), ("\u{212A}9", "K9"), ("x\u{1FEF}", "X`")] {
            for (put, asked) in [(one, other), (other, one)] {
                var set = KeySet()
                set.insert(NormalizedKey(put))
                #expect(contains(set, asked))
                set.insert(NormalizedKey(asked))
                #expect(set.count == 1)
            }
        }
    }
}
