import Testing

@testable import PartnumberBooks

/// All ignore rules are asked at once; one after another, by the naive matcher, they must say the same.
@Suite("Ignore rules")
struct IgnoreRulesTests {
    private func rules(_ rules: [RandomGlobs.Rule]) -> IgnoreRules {
        var result = IgnoreRules()
        for rule in rules { result.insert(rule.text, isPattern: rule.isPattern) }
        return result
    }

    private func matches(_ rules: IgnoreRules, _ partnumber: String) -> Bool {
        var text = partnumber
        return text.withUTF8 { rules.matches(Whitespace.trimmed(UnsafeRawBufferPointer($0))) }
    }

    @Test("Whatever the globs and literals are, they match what the naive ones match", arguments: 0..<8)
    func differential(part: UInt64) {
        var matched = 0
        var asked = 0
        for seed in part * 1_000..<(part + 1) * 1_000 {
            var made = RandomGlobs(seed: seed)
            // Few rules show what one does, many what they do to each other.
            let all = made.rules(seed % 25 == 0 ? 60 : 1 + Int(seed % 9))
            let partnumbers = made.partnumbers(12, for: all)
            var rules = IgnoreRules()
            var naive = NaiveIgnoreRules()
            for (number, rule) in all.enumerated() {
                rules.insert(rule.text, isPattern: rule.isPattern)
                naive.insert(rule.text, isPattern: rule.isPattern)
                // Questions between the insertions: what the one leaves behind must not mislead the other.
                guard number == all.count / 2 || number == all.count - 1 else { continue }
                for partnumber in partnumbers {
                    let expected = naive.matches(partnumber)
                    if matches(rules, partnumber) != expected {
                        Issue.record(
                            "seed \(seed): \(partnumber.debugDescription) \(expected) in \(all[...number])")
                    }
                    matched += expected ? 1 : 0
                    asked += 1
                }
            }
            if rules.count != naive.count { Issue.record("seed \(seed): \(rules.count) of \(all)") }
        }
        // The generator must not drift into one answer.
        #expect(asked / 4 < matched && matched < asked * 3 / 4, "\(matched) of \(asked)")
    }

    @Test("The order in which rules come makes no difference")
    func order() {
        for seed in 100_000..<100_800 as Range<UInt64> {
            var made = RandomGlobs(seed: seed)
            let all = made.rules(2 + Int(seed % 30))
            let partnumbers = made.partnumbers(15, for: all)
            let first = rules(all)
            let answers = partnumbers.map { matches(first, $0) }
            for other in [all.reversed(), made.shuffled(all), made.shuffled(all + all)] {
                let second = rules(other)
                if partnumbers.map({ matches(second, $0) }) != answers || second.count != first.count {
                    Issue.record("seed \(seed): \(all) and \(other)")
                }
            }
        }
    }

    @Test(
        "A glob counts characters as a reader does, and takes equal ones for the same",
        arguments: [
            ("\u{E9}*", "e\u{301}1", true), ("e\u{301}*", "\u{C9}1", true), ("e*", "\u{E9}1", false),
            ("e*", "e\u{301}1", false), ("*e", "1e\u{301}", false), ("a?b", "a\r\nb", true), ("a??b", "a\r\nb", false),
            ("a\n*", "a\r\nb", false), ("*\nb", "a\r\nb", false), ("a\r\n*", "a\r\nb", true),
            ("a\r*", "a\rb", true), ("a?b", "a👩\u{200D}👩\u{200D}👧b", true), ("a👩*", "a👩\u{200D}👧", false),
            ("a;*", "a\u{37E}b", true), ("a\u{37E}b", "A;B", true), ("a*\u{301}b", "axb", false),
            ("a*\u{301}b", "a*\u{301}b", true), ("\u{212A}?", "k1", true), ("СЕРВЕР*", "сервер-2", true),
            ("a?*?b", "a1b", false), ("a?*?b", "a12b", true), ("a**", "a", true), ("***", "a", true),
            ("?*", "a", true), ("*??", "a", false), ("a*a", "a", false), ("ab*ba", "aba", false),
        ])
    func characters(glob: String, partnumber: String, expected: Bool) {
        let rules = rules([.init(text: glob, isPattern: true)])
        #expect(matches(rules, partnumber) == expected)
    }

    @Test("A literal's stars and question marks are themselves, beside globs")
    func literals() {
        var rules = IgnoreRules()
        rules.insert("A*", isPattern: false)
        rules.insert(" b? ", isPattern: false)
        rules.insert("C*", isPattern: true)
        rules.insert("c*", isPattern: true)
        rules.insert("c*", isPattern: false)
        #expect(rules.count == 4)
        #expect(["a*", "B?", "c", "C*", "cx"].filter { !matches(rules, $0) } == [])
        #expect(["a", "ab", "b", "bx", "xc"].filter { matches(rules, $0) } == [])
    }

    @Test("Blank rules are junk, whether patterns or not; rules that are junk alone match nothing")
    func blanks() {
        var rules = IgnoreRules()
        for junk in ["", " ", "\u{3000}\r\n"] {
            rules.insert(junk, isPattern: true)
            rules.insert(junk, isPattern: false)
        }
        #expect(rules.count == 0)
        #expect(!matches(rules, "a"))
    }
}
