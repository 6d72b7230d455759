import Testing

@testable import PartnumberBooks

/// Ten thousand globs each, of the kinds that cost most. One after another they would not come to an end here.
@Suite("Ten thousand globs")
struct GlobWorstCaseTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let globs: [String]
        let ignored: [String]
        let kept: [String]
    }

    private static let globs = 10_000
    private static let partnumbers = 2_000

    private static func glyph(_ number: Int) -> String {
        Unicode.Scalar(UInt32(0x4E00 + number)).map { String($0) } ?? ""
    }

    private static func masks(of text: String) -> [String] {
        let characters = Array(text)
        return (0..<1 << characters.count).map { mask in
            String(characters.indices.map { mask >> $0 & 1 == 1 ? "?" : characters[$0] })
        }
    }

    private static let long = String(repeating: "Abcdefghi-", count: 24)

    private static let cases = [
        Case(
            testDescription: "beginnings", globs: (0..<globs).map { "AB\($0)-*" },
            ignored: (0..<partnumbers).map { "ab\($0)-X" }, kept: (0..<partnumbers).map { "ab\($0)" }),
        Case(
            testDescription: "endings", globs: (0..<globs).map { "*-OLD\($0)" },
            ignored: (0..<partnumbers).map { "x\($0)-old\($0)" }, kept: (0..<partnumbers).map { "x\($0)-old\($0)-" }),
        Case(
            testDescription: "inner words", globs: (0..<globs).map { "*T\($0)T*" },
            ignored: (0..<partnumbers).map { "t\($0)xt\($0)tx" }, kept: (0..<partnumbers).map { "t\($0)xt\($0)x" }),
        Case(
            testDescription: "a long beginning in common", globs: (0..<globs).map { "\(long)*\($0)?" },
            ignored: (0..<partnumbers).map { "\(long)x\($0)y" }, kept: (0..<partnumbers).map { "\(long)\($0 % 10)" }),
        Case(
            testDescription: "stars between the same letters", globs: (0..<globs).map { "*a*a*a*a*b\($0)" },
            ignored: (0..<partnumbers / 10).map { String(repeating: "a", count: 250) + "b\($0)" },
            kept: (0..<partnumbers / 10).map { String(repeating: "a", count: 250) + "b\($0)c" }),
        Case(
            testDescription: "ten thousand single characters", globs: (0..<globs).map { "*\(glyph($0))*" },
            ignored: (0..<partnumbers).map { "x\(glyph($0))y" },
            kept: (0..<partnumbers).map { "x\(glyph(globs + $0))y" }),
        Case(
            testDescription: "lengths",
            globs: (1...255).map { String(repeating: "?", count: $0) } + [String(repeating: "?*", count: 300)],
            ignored: [1, 2, 254, 255, 300, 301].map { String(repeating: "x", count: $0) },
            kept: [256, 257, 299].map { String(repeating: "x", count: $0) }),
        Case(
            testDescription: "every four of ten digits in their order",
            globs: (0..<globs).map { "*\($0 / 1_000)*\($0 / 100 % 10)*\($0 / 10 % 10)*\($0 % 10)!" },
            ignored: ["0123456789!", String(repeating: "0123456789", count: 5) + "!"],
            kept: ["0123456789!x", "!0123456789", String(repeating: "0123456789!", count: 5) + "x", "123!"]),
        Case(
            testDescription: "question marks in every place", globs: masks(of: "abcdefghijklm").map { $0 + "!" },
            ignored: ["abcdefghijklm!", "zzzzzzzzzzzzz!"],
            kept: ["abcdefghijklm", "abcdefghijklm!!", "!bcdefghijklm", "abcdefghijkl!"]),
    ]

    @Test("match as they must, and come to an end", arguments: cases)
    func worst(_ worst: Case) {
        var rules = IgnoreRules()
        for glob in worst.globs { rules.insert(glob, isPattern: true) }
        let matches = { (partnumber: String) in
            var text = partnumber
            return text.withUTF8 { rules.matches(UnsafeRawBufferPointer($0)) }
        }
        #expect(rules.count == worst.globs.count)
        #expect(worst.ignored.filter { !matches($0) } == [])
        #expect(worst.kept.filter(matches) == [])
    }

    @Test("have a node for each fork and each end, and hold what they begin with in common once", arguments: cases)
    func size(_ worst: Case) {
        var alphabet = GlobAlphabet()
        var trie = GlobTrie()
        for glob in worst.globs { trie.insert(alphabet.symbols(of: Glob(key: NormalizedKey(glob)))) }
        // In order, neighbours have in common what any two have.
        let sorted = worst.globs.map { Array($0.lowercased().unicodeScalars) }.sorted {
            $0.lexicographicallyPrecedes($1)
        }
        var nodes: Set<[Unicode.Scalar]> = [[]]
        var symbols = 0
        var before: [Unicode.Scalar] = []
        for glob in sorted {
            let shared = zip(glob, before).prefix { $0 == $1 }.count
            nodes.insert(Array(glob.prefix(shared)))
            nodes.insert(glob)
            symbols += glob.count - shared
            before = glob
        }
        #expect(trie.nodes.count == nodes.count)
        #expect(trie.pool.count == symbols)
    }
}
