import Database
import Harness
import Testing

@Suite("What is UTF-8")
struct UTF8ValidityTests {
    /// The standard library's word: a text that had to be repaired was none.
    private static func isValid(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }

    private static func look(_ bytes: [UInt8]) -> Int? { bytes.withUnsafeBytes { $0.firstInvalidUTF8 } }

    @Test("Every sequence of one or two bytes is judged as the standard library does, at every place of a word")
    func short() {
        for first in UInt8.min...UInt8.max {
            for padding in 0...9 {
                let bytes = Array(repeating: UInt8(ascii: "a"), count: padding) + [first]
                #expect((Self.look(bytes) == nil) == Self.isValid(bytes), "\(bytes)")
            }
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second, UInt8(ascii: "z")]
                #expect((Self.look(bytes) == nil) == Self.isValid(bytes), "\(bytes)")
            }
        }
    }

    @Test("The edges of three and four bytes are judged as the standard library does")
    func edges() {
        let edges: [UInt8] = [
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBE, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for first in edges where first >= 0xC0 {
            for second in edges {
                for third in edges {
                    #expect((Self.look([first, second, third]) == nil) == Self.isValid([first, second, third]))
                    for fourth in edges {
                        let bytes = [first, second, third, fourth]
                        #expect((Self.look(bytes) == nil) == Self.isValid(bytes), "\(bytes)")
                    }
                }
            }
        }
    }

    @Test("Every character is UTF-8, also what is not assigned and never will be")
    func characters() {
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(Self.look(Array("x\(scalar)y".utf8)) == nil)
        }
        for text in ["\u{FEFF}", "\u{FFFE}", "\u{FFFF}", "\u{10FFFF}", "a\u{0}b", "\r", "\u{E000}", "\u{378}"] {
            #expect(Self.look(Array(text.utf8)) == nil)
        }
    }

    @Test("Among letters of two bytes, which are looked at four at once, a broken one is found at each place")
    func letters() {
        for broken in [[0xC0, 0x80], [0xC1, 0xBF], [0xD0, 0x41], [0xD0, 0xC0], [0x80, 0x80], [0xE0, 0x80]] as [[UInt8]]
        {
            for place in 0..<9 {
                for blanks in 0..<3 {
                    let before = Array(
                        (String(repeating: "a", count: blanks) + String(repeating: "Ж", count: place)).utf8)
                    #expect(Self.look(before + broken + Array("ЖЖЖЖЖ".utf8)) == before.count)
                }
            }
        }
        for count in 0..<20 { #expect(Self.look(Array(String(repeating: "Ѐ߿\u{80}", count: count).utf8)) == nil) }
    }

    @Test("The first broken character is found wherever it is")
    func place() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            let text = (0..<random.below(40)).map { _ in random.pick(["a", "PN-1 ", "Ж", "日", "🔩"]) }.joined()
            let bad = random.pick(
                [[0xC3], [0xED, 0xA0, 0x80], [0xFF], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
            let before = Array(text.utf8)
            #expect(Self.look(before + bad + Array("(".utf8)) == before.count)
            #expect(Self.look(before) == nil)
        }
    }
}
