import ErrorModel
import Foundation
import Testing

@testable import Operations
@testable import PnbookCLI

/// Texts in which no scalar may come through that speaks to a terminal, ends a line or is not seen.
@Suite("Text from data is escaped")
struct HiddenScalarTests {
    /// Every hidden scalar there is, and what makes another `Character` of its neighbour.
    static let hidden = (0...0x10FFFF).compactMap { Unicode.Scalar($0 as UInt32) }.filter(\.isHidden)

    static let hostile: [String] =
        [
            "\u{1B}]52;c;ZXZpbA==\u{7}", "a\r\nb", "a\n\u{301}b", "q\"\u{301}x", "b\\\u{301}", "t\tb", "n\u{0}l",
            "\u{9B}31m\u{85}", "abc\u{202E}gnp\u{2066}x\u{2069}", "l\u{2028}p\u{2029}", "z\u{200B}\u{FEFF}",
            "\u{E0041}tag", "$x%y `z` \u{7F}", "'s; \"d\" \\",
        ] + hidden.map { "a\($0)b" }

    @Test("Hidden are controls, separators, directions and what has no width, and nothing that is seen")
    func scalars() {
        let required: [ClosedRange<UInt32>] = [
            0...0x1F, 0x7F...0x9F, 0x61C...0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0x2066...0x206F,
            0xFEFF...0xFEFF, 0xE0020...0xE007F,
        ]
        for scalar in required.joined().compactMap(Unicode.Scalar.init) { #expect(scalar.isHidden, "\(scalar.value)") }
        let seen = "aZ0~ éßЖ漢字😀€½±–—…„“”«»№°²µΩ\u{301}\u{A0}"
        #expect(!seen.unicodeScalars.contains { $0.isHidden })
        #expect((0x20...0x7E as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).allSatisfy { !$0.isHidden })
    }

    @Test("What is interpolated into a text for people is data, and a literal is not")
    func displayText() {
        for text in Self.hostile {
            let shown: DisplayText = "one: \(text)\ntwo: \(text[...])\n"
            #expect(shown.string.unicodeScalars.filter(\.isHidden).elementsEqual("\n\n".unicodeScalars), "\(shown)")
        }
        let data = "b\n"
        let nested: DisplayText = "a\(DisplayText(data))\n" + "c\n"
        #expect(nested.string == "ab\\u{a}\nc\n")
        let joined = (["a\n", "\("\n")"] as [DisplayText]).joined(separator: "-")
        #expect(joined.string == "a\n-\\u{a}")
        #expect(DisplayText.lines("a\r\nb\u{1B}\n\u{301}c").string == "a\\u{d}\nb\\u{1b}\n\u{301}c")
    }

    @Test("A label's value is read back as it was, and is on one line", arguments: hostile.prefix(14))
    func prometheus(text: String) {
        let value = PrometheusText.escaped(text)
        #expect(!value.unicodeScalars.contains { $0.isHidden })
        // As the format is read: a quote that no backslash precedes would end the value.
        var rest = value.unicodeScalars[...]
        var read = ""
        while let scalar = rest.popFirst() {
            #expect(scalar != "\"", "\(value)")
            guard scalar == "\\" else {
                read.unicodeScalars.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "n": read += "\n"
            case "\\": read += "\\"
            case "\"": read += "\""
            case let other: Issue.record("\\\(other.map(String.init) ?? "") is not an escape")
            }
        }
        let expected = text.unicodeScalars.map { $0.isHidden && $0 != "\n" ? $0.escaped : String($0) }.joined()
        #expect(read.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test("A value among curl's settings stays within its quotes", arguments: hostile.prefix(14))
    func curl(text: String) {
        var settings = CurlSettings()
        settings.add("data-raw", text)
        settings.add("fail")
        let lines = settings.text.unicodeScalars.split(separator: "\n").map(String.init)
        #expect(lines.count == 2 && lines.last == "fail")
        let value = lines.first?.unicodeScalars.dropFirst("data-raw = \"".unicodeScalars.count).dropLast() ?? []
        #expect(!value.contains { $0.isHidden })
        var isEscaped = false
        for scalar in value {
            #expect(isEscaped || scalar != "\"")
            isEscaped = !isEscaped && scalar == "\\"
        }
        #expect(!isEscaped)
    }

    @Test("No value of a unit is a setting of its own", arguments: hostile.prefix(14))
    func units(text: String) throws {
        var unit = UnitText()
        if text.unicodeScalars.contains(where: { $0.isHidden }) {
            #expect(throws: ConfigurationError.self) { try unit.add("User", UnitText.literal(text)) }
            #expect(throws: ConfigurationError.self) { try unit.add("ExecStart", UnitText.word(text)) }
            #expect(unit.text.isEmpty)
        } else {
            try unit.add("ExecStart", UnitText.word(text))
            #expect(unit.text.unicodeScalars.count { $0 == "\n" } == 1)
        }
        #expect(UnitText.word("q\"\u{301} $x 5%") == "\"q\\\"\u{301} $$x 5%%\"")
        #expect(UnitText.word("$x", dollar: false) == "\"$x\"" && UnitText.word("") == "\"\"")
    }

    @Test("JSON has a hidden scalar as an escape, and means the same")
    func json() throws {
        for text in Self.hostile {
            let document = try JSONDocument.pretty(["a": text])
            #expect(document.unicodeScalars.allSatisfy { !$0.isHidden || $0 == "\n" }, "\(document)")
            let read = try JSONDecoder().decode([String: String].self, from: Data(document.utf8))
            #expect(read["a"].map { $0.unicodeScalars.elementsEqual(text.unicodeScalars) } == true)
        }
    }

    @Test("A text is cut by scalars: one character may have millions of them")
    func cut() {
        let mountain = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(mountain.cut(to: 60).unicodeScalars.count == 60)
        #expect(mountain.escapedForDisplay(upTo: 60).utf8.count < 600)
        #expect("abc".cut(to: 3) == "abc" && "abcd".cut(to: 3) == "ab…")
    }
}
