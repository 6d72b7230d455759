import Foundation
import Harness
import TestSupport

/// Ignore rules and part numbers from one alphabet of a few tokens, so that they match often.
struct RandomGlobs {
    struct Rule {
        let text: String
        let isPattern: Bool
    }

    /// Each has its own way to be taken apart wrongly, or to be the same in other bytes.
    private static let alphabets = [
        ["a"], ["a", "b"], ["a", "B", "1", "-"], ["A", "b", "C", "d", "E", "0", "1", "2", "-", "_"],
        ["é", "e\u{301}", "e", "\u{301}"], ["\r\n", "\r", "\n", "a"], ["a", " ", "\u{A0}", "\u{3000}"],
        ["👩\u{200D}👧", "👩", "\u{200D}", "👧"], ["👍🏽", "👍", "🏽", "a"], ["🇩🇪", "🇩", "🇪", "x"],
        [";", "\u{37E}", "a"], ["K", "\u{212A}", "k\u{301}"], ["Å", "\u{212B}", "A\u{30A}", "a"],
        ["한", "\u{1112}\u{1161}\u{11AB}", "\u{1112}", "\u{1161}", "\u{11AB}"],
        ["q\u{307}\u{323}", "q\u{323}\u{307}", "q", "\u{323}"], ["ß", "ss", "ẞ", "s"], ["İ", "i", "I", "\u{307}"],
        ["*\u{301}", "?\u{301}", "a"], ["1\u{FE0F}\u{20E3}", "1", "\u{FE0F}"], ["क\u{94D}ष", "क", "\u{94D}", "ष"],
        ["ж", "Ж", "a", "1"], ["\u{80}", "\u{81}", "\u{82}", "\u{1}", "\u{2}"], ["\u{0}", "\u{7F}", "a"],
    ]

    private(set) var random: SplitMix64
    private let tokens: [String]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        tokens = Self.alphabets[Int(seed) % Self.alphabets.count]
    }

    /// As many rules, some of them blank or the same.
    mutating func rules(_ count: Int) -> [Rule] {
        (0..<count).map { _ in
            if random.chance(3) { return Rule(text: random.pick(["", " ", "\r\n\u{3000}"]), isPattern: true) }
            let isPattern = random.chance(85)
            return Rule(text: isPattern || random.chance(10) ? glob() : run(6), isPattern: isPattern)
        }
    }

    /// As many part numbers, trimmed and not empty; most are made to match one of the rules, and some of those are spoilt.
    mutating func partnumbers(_ count: Int, for rules: [Rule]) -> [String] {
        (0..<count).map { _ in
            var text = random.chance(75) && !rules.isEmpty ? partnumber(for: random.pick(rules)) : run(8)
            if random.chance(30) { text = spoilt(text) }
            text = NaiveText.trimmed(spelt(text))
            return text.isEmpty ? "a" : text
        }
    }

    mutating func shuffled(_ rules: [Rule]) -> [Rule] {
        rules.shuffled(using: &random)
    }

    /// Wildcards in a row are nothing out of the ordinary here.
    private mutating func glob() -> String {
        (0...random.below(7)).map { _ in
            switch random.below(10) {
            case ..<3: random.pick(["*", "*", "*", "**", "?*?", "*?"])
            case ..<5: random.pick(["?", "?", "??"])
            default: random.pick(tokens)
            }
        }.joined()
    }

    /// Up to as many tokens, or none.
    private mutating func run(_ limit: Int) -> String {
        (0..<random.below(limit + 1)).map { _ in random.pick(tokens) }.joined()
    }

    private mutating func partnumber(for rule: Rule) -> String {
        if !rule.isPattern { return rule.text }
        return rule.text.map { character in
            switch character {
            case "*": run(3)
            case "?": random.pick(tokens)
            default: String(character)
            }
        }.joined()
    }

    /// One character is missing, more, or another.
    private mutating func spoilt(_ text: String) -> String {
        var characters = text.map(String.init)
        let at = random.below(characters.count + 1)
        switch random.below(3) {
        case 0: characters.insert(random.pick(tokens), at: at)
        case 1 where at < characters.count: characters.remove(at: at)
        default: if at < characters.count { characters[at] = random.pick(tokens) }
        }
        return characters.joined()
    }

    /// The same text in other bytes: its key stays, but for what Unicode's cases do not give back.
    private mutating func spelt(_ text: String) -> String {
        switch random.below(8) {
        case 0: text.uppercased()
        case 1: text.lowercased()
        case 2, 3: text.decomposedStringWithCanonicalMapping
        case 4, 5: text.precomposedStringWithCanonicalMapping
        default: text
        }
    }
}
