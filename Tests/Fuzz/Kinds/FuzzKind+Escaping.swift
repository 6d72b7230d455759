import Chronology
import ErrorModel

@testable import Operations

/// Any text where programs and people read line by line: on a terminal, as a label in Prometheus' format, for curl and in a unit.
/// Each is read back as its reader would read it.
extension FuzzKind {
    static let escaping = FuzzKind("escaping") { input in
        let text = input.text
        let shown: DisplayText = "[\(text)]"
        checkLine(shown.string, "on a terminal")
        checkLine(text.escapedForDisplay, "in quotes")
        Finding.unless(text.escapedForDisplay(upTo: 40).unicodeScalars.count <= 40 * 12, "a cut text is long")

        var metrics = PrometheusText()
        metrics.add("fuzz", "Help.", [.init(1, ("type", text), ("last", "x"))])
        let lines = metrics.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        Finding.unlessSame(lines.count, 4, "lines of metrics: \(metrics.text)")
        guard lines.count == 4 else { return }
        let sample = QuotedText(lines[2], after: #"pnbook_fuzz{type=""#)
        Finding.unlessSame(sample.rest, #",last="x"} 1"#, "what follows the label")
        checkMeaning(sample, text, lineBreak: "n")

        var settings = CurlSettings()
        settings.add("data", text)
        let setting = QuotedText(settings.text.unicodeScalars[...], after: #"data = ""#)
        Finding.unlessSame(setting.rest, "\n", "what follows curl's value")
        checkMeaning(setting, text, lineBreak: nil)

        checkUnit(text)
    }

    /// Controls, separators, marks of direction and blanks without width, by their numbers.
    private static let hidden: [ClosedRange<UInt32>] = [
        0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2060, 0x2066...0x206F, 0xFEFF...0xFEFF,
        0xE0020...0xE007F,
    ]

    private static func checkLine(_ text: String, _ place: String) {
        for scalar in text.unicodeScalars {
            let isHidden = hidden.contains { $0.contains(scalar.value) }
            Finding.unless(!isHidden, "U+\(String(scalar.value, radix: 16)) \(place)")
        }
    }

    /// What the reader of a quoted text has in hand: the text, in which hidden scalars are spelt out.
    private static func checkMeaning(_ quoted: QuotedText, _ text: String, lineBreak: Unicode.Scalar?) {
        checkLine(quoted.raw, "in quotes")
        let expected = text.unicodeScalars.map { scalar in
            if scalar == "\n", lineBreak != nil { return "\n" }
            return scalar.isHidden ? #"\u{"# + String(scalar.value, radix: 16) + "}" : String(scalar)
        }.joined()
        Finding.unlessSame(Array(quoted.meaning(lineBreak: lineBreak).utf8), Array(expected.utf8), "read back")
    }

    private static func checkUnit(_ text: String) {
        var unit = UnitText()
        unit.section("Service")
        do {
            try unit.add("ExecStart", UnitText.word(text))
            try unit.add("User", UnitText.literal(text))
        } catch {
            // What a unit cannot have is refused.
            Finding.unless(!"\(error)".isEmpty, "an error without words")
            return
        }
        let lines = unit.text.unicodeScalars.split(omittingEmptySubsequences: true) { $0 == "\n" || $0 == "\r" }
        Finding.unlessSame(lines.count, 3, "lines of a unit: \(unit.text)")
    }
}
