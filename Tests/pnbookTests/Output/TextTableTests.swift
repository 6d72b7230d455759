import Chronology
import ErrorModel
import Harness
import Operations
import Testing

@testable import PnbookCLI

/// Tables of any texts at any width: nothing is wider than the terminal, and nothing is lost.
@Suite("Tables")
struct TextTableTests {
    private static func style(_ width: Int?) -> TextStyle {
        TextStyle(calendar: CalendarStyle(for: Output(descriptor: -1), environment: [:]), zone: .utc, width: width)
    }

    private static let words = [
        "PNBOOK-2026-11-20-001", "05-50077-00", "Контроллер", "кабелями", "a", "", "部件編號", "한국어", "e\u{301}e\u{301}",
        "😀😀",
        "2026-11-20 03:00:00 +03:00", "23 580", "daily 1 2026-11-26,", "sha256:4f163034794670eafad624651ac617781b35",
        "('not a name')", "x/y/z", "completed_with_warnings", "…", "ﬁ", "Ａ１", "-",
    ]

    /// A few words, or a text without any blank.
    private static func text(_ random: inout SplitMix64) -> String {
        if random.chance(10) { return String(repeating: random.pick(["ab", "字", "-x"]), count: 1 + random.below(60)) }
        return (0...random.below(8)).map { _ in random.pick(words) }.joined(separator: " ")
    }

    private static func rows(_ random: inout SplitMix64) -> (alignments: [TextTable.Alignment], rows: [[String]]) {
        let alignments: [TextTable.Alignment] = (0...random.below(6)).map { _ in random.chance(25) ? .right : .left }
        let rows = (0...random.below(5)).map { _ in
            alignments.map { $0 == .right ? random.pick(["7", "23 580", "1 370 778", ""]) : text(&random) }
        }
        return (alignments, rows)
    }

    private static func text(_ alignments: [TextTable.Alignment], _ rows: [[String]], _ width: Int?) -> String {
        var table = TextTable(alignments, header: alignments.map { _ in "head" }, indent: "  ")
        for row in rows { table.add(cells: row.map { DisplayText($0) }) }
        return table.text(style(width)).string
    }

    /// Every scalar that can be seen, in order.
    private static func seen(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !" \n".unicodeScalars.contains($0) }.sorted()
    }

    @Test("No line is wider than the terminal, and every letter is there", arguments: UInt64(1)...300)
    func fits(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (alignments, rows) = Self.rows(&random)
        for width in [50, 51, 64, 80, 100, 200] {
            let text = Self.text(alignments, rows, width)
            for line in text.split(separator: "\n") {
                #expect(line.columns <= width, "seed \(seed), width \(width): \(line)")
                #expect(line.last != " ")
            }
            let all = rows.flatMap(\.self) + alignments.map { _ in "head" }
            #expect(Self.seen(text) == Self.seen(all.joined()), "seed \(seed), width \(width)")
        }
    }

    @Test("No word that fits into half a line is broken", arguments: UInt64(1)...100)
    func words(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let short = ["kept", "PNBOOK-2026-11-20-001", "2026-11-26,", "part", "numbers", "Контроллер", "部件編號"]
        let rows = (0...random.below(4)).map { _ in
            (0..<3).map { _ in (0...random.below(9)).map { _ in random.pick(short) }.joined(separator: " ") }
        }
        for width in [50, 60, 80, 120] {
            let found = Self.text([.left, .left, .left], rows, width).split(whereSeparator: \.isWhitespace)
            #expect(found.allSatisfy { short.contains(String($0)) || $0 == "head" }, "seed \(seed), width \(width)")
        }
    }

    @Test("Where no terminal is, a row is a line, each text is whole and a number one word", arguments: UInt64(1)...100)
    func piped(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (alignments, rows) = Self.rows(&random)
        let lines = Self.text(alignments, rows, nil).split(separator: "\n", omittingEmptySubsequences: false)
            .dropFirst()
        for (row, line) in zip(rows, lines) {
            for (cell, alignment) in zip(row, alignments) {
                let shown = alignment == .right ? cell.replacing(" ", with: "") : cell
                #expect(line.contains(LineBreaking.lines(shown, width: .max)[0].trimmingEnd), "seed \(seed): \(cell)")
            }
        }
        #expect(lines.count == rows.count + 1)
    }

    @Test("The widths of terminals' characters")
    func widths() {
        for (text, columns) in [
            ("abc", 3), ("Контроллер", 10), ("部件", 4), ("한", 2), ("e\u{301}", 1), ("😀", 2), ("Ａ", 2), ("ｱ", 1),
            ("…", 1),
            ("★", 1), ("■", 1), ("", 0), ("\u{1112}\u{1161}\u{11AB}", 2),
        ] {
            #expect(text.columns == columns, "\(text)")
        }
    }

    @Test("Lines break at blanks, but not within a number or a time")
    func breaking() {
        #expect(
            LineBreaking.lines("it has 23 580 items of 2026-11-20 03:00:00 +03:00 now", width: 26) == [
                "it has 23 580 items of", "2026-11-20 03:00:00 +03:00", "now",
            ])
        #expect(LineBreaking.lines("sha256:0123456789", width: 12) == ["sha256:", "0123456789"])
        #expect(LineBreaking.lines("abcdefgh", width: 3) == ["abc", "def", "gh"])
        #expect(LineBreaking.lines("字字字", width: 3) == ["字", "字", "字"])
        #expect(LineBreaking.lines("", width: 3) == [""])
    }

    @Test("Times in a column have what they share in the heading")
    func times() throws {
        let berlin = TextStyle(
            calendar: CalendarStyle(for: Output(descriptor: -1), environment: [:]),
            zone: try #require(Zone(identifier: "Europe/Berlin")))
        let (summer, winter) = try (
            #require(Instant(iso8601: "2026-07-01T22:30:00Z")), #require(Instant(iso8601: "2026-12-01T22:30:00Z"))
        )
        let same = berlin.times("created", [winter])
        #expect(same.heading.string == "created (+01:00)" && same.text(winter) == "2026-12-01 23:30:00")
        let mixed = berlin.times("created", [winter, summer])
        #expect(mixed.heading.string == "created" && mixed.text(summer) == "2026-07-02 00:30:00 +02:00")
        #expect(Self.style(nil).times("created", [winter]).heading.string == "created (UTC)")
    }

    @Test(
        "A time in a message is shown in the zone of the place where it is printed, and a text that looks like one as it is"
    )
    func messages() throws {
        let berlin = try #require(Zone(identifier: "Europe/Berlin"))
        let winter = try #require(Instant(iso8601: "2026-12-01T22:30:00Z"))
        let (text, data): (DisplayText, String) = ("made \(winter)", "not 2026-12-01 22:30:00 UTC")
        let both: DisplayText = "\(text), \(data)"
        #expect(
            both.string(in: nil, clock: berlin.clock) == "made 2026-12-01 23:30:00 +01:00, not 2026-12-01 22:30:00 UTC")
        #expect(both.string == "made 2026-12-01 22:30:00 UTC, not 2026-12-01 22:30:00 UTC")
        // Nor in a table, whose cells are laid out as they are shown.
        let style = TextStyle(calendar: CalendarStyle(for: Output(descriptor: -1), environment: [:]), zone: berlin)
        var table = TextTable([.left, .left])
        table.add(text, DisplayText(data))
        #expect(
            table.text(style).string == "made 2026-12-01 23:30:00 +01:00  not 2026-12-01 22:30:00 UTC\n")
    }
}
