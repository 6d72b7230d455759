import Testing

@testable import PartnumberBooks

/// A dictionary of keys must give the same answers.
@Suite("Key index")
struct KeyIndexTests {
    private func number(_ index: KeyIndex, _ text: String) -> Int? {
        var text = text
        return text.withUTF8 { index.number(of: UnsafeRawBufferPointer($0)) }
    }

    /// What lies next to the letters, both cases, and what is canonically something else.
    private static let pieces = [
        "a", "A", "b", "B", "z", "Z", "@", "[", "`", "{", "0", "-", "\u{0}", "\u{7F}", ";", "k", "K", "\u{212A}",
        "\u{37E}",
        "\u{1FEF}", "é", "e\u{301}", "É", "ß", "İ", "Σ", "ς", "漢", "\u{301}",
    ]

    private func text(_ random: inout some RandomNumberGenerator) -> String {
        let plain = Bool.random(using: &random)
        return (0..<Int.random(in: 0...19, using: &random)).map { _ in
            plain ? Self.pieces[Int.random(in: 0..<4, using: &random)] : Self.pieces.randomElement(using: &random) ?? ""
        }.joined()
    }

    @Test("Whatever is put in, it is found as a dictionary of keys finds it", arguments: 0..<4)
    func differential(part: UInt64) {
        var random = SplitMix64(seed: part)
        var found = 0
        for _ in 0..<500 {
            var index = KeyIndex()
            var naive: [Key: Int] = [:]
            let texts = (0..<Int.random(in: 1...60, using: &random)).map { _ in text(&random) }
            for text in texts {
                let key = Key(text)
                let expected = naive[key] ?? naive.count
                naive[key] = expected
                #expect(index.insert(key) == expected)
            }
            #expect(index.count == naive.count)
            for text in texts + texts.map({ $0.uppercased() }) + (0..<60).map({ _ in text(&random) }) {
                let expected = naive[Key(text)]
                found += expected == nil ? 0 : 1
                #expect(number(index, text) == expected, "\(text.debugDescription)")
            }
        }
        #expect(found > 10_000)
    }

    @Test("Texts of every length around a word, and their neighbours in case and length")
    func lengths() {
        var index = KeyIndex()
        let texts = (1...40).map { String(String(repeating: "Ab9", count: 20).prefix($0)) }
        for (expected, text) in texts.enumerated() { #expect(index.insert(Key(text)) == expected) }
        for (expected, text) in texts.enumerated() {
            #expect(number(index, text.uppercased()) == expected)
            #expect(number(index, text.lowercased()) == expected)
            #expect(number(index, text.dropLast() + "!") == nil)
            #expect(number(index, text + "\u{0}") == nil)
        }
        #expect(number(index, "") == nil)
    }

    @Test("What is canonically ASCII is asked as ASCII, and the other way round")
    func canonical() {
        for (one, other) in [("A\u{37E}", "a;"), ("\u{212A}9", "K9"), ("x\u{1FEF}", "X`")] {
            for (put, asked) in [(one, other), (other, one)] {
                var index = KeyIndex()
                index.insert(Key("x"))
                #expect(index.insert(Key(put)) == 1)
                #expect(number(index, asked) == 1)
                #expect(index.insert(Key(asked)) == 1)
            }
        }
    }
}
