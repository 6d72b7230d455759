import Foundation
import Harness
import TestSupport

/// Hostile texts from a small alphabet: short enough to collide, and strange enough to be told apart wrongly.
struct RandomText {
    /// No vendor, PN, LOT or bundle name is longer than this, in code points.
    static let nameLimit = 255
    /// No description is longer than this, in code points.
    static let descriptionLimit = 10_000

    /// All of White_Space, and the line end that is one Character.
    static let blanks = [
        " ", " ", "\t", "\n", "\r", "\r\n", "\u{A0}", "\u{3000}", "\u{2003}", "\u{85}", "\u{2028}",
        "\u{B}", "\u{C}", "\u{1680}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2004}", "\u{2005}", "\u{2006}",
        "\u{2007}", "\u{2008}", "\u{2009}", "\u{200A}", "\u{2029}", "\u{202F}", "\u{205F}",
    ]

    /// What looks like nothing, or passes for a blank elsewhere, and is no White_Space.
    static let nearBlanks = [
        "\u{200B}", "\u{FEFF}", "\u{180E}", "\u{1}", "\u{1C}", "\u{1E}", "\u{1F}", "\u{7F}", "\u{200D}", "\u{301}",
    ]

    private static let letters = [
        "A", "b", "X", "K", "\u{212A}",  // the Kelvin sign is a k in lower case
        "Ж", "ё", "\u{415}\u{308}", "й",  // Cyrillic, composed and not
        "Ä", "a\u{308}", "É", "\u{212B}", "\u{2126}",  // the signs for angstrom and ohm are letters, canonically
        "İ", "ı", "ß", "ẞ", "Σ", "ς", "ǅ", "ﬁ", "\u{FF21}",  // where cases are not pairs, and two compatibles
        "q\u{307}\u{323}", "한", "\u{1112}\u{1161}\u{11AB}", "\u{301}",  // marks out of order, Hangul, a mark alone
    ]

    private static let signs = [
        "0", "1", "-", "_", "%", "*", "?", ".", "#", ",", ";", "[", "]", "\\", "'", "\"", "`", "/",
        " ", "\t", "\n", "\r\n", "\u{A0}", "\u{2028}", "\u{200B}", "\u{FEFF}", "\u{1}", "\u{1E}", "\u{1F}", "\u{7F}",
        "😀", "👍", "🇪", "\u{FF5E}", "\u{FFFD}", "\u{10FFFD}",
    ]

    /// What one `?` must take: one Character each, most of several scalars even when composed.
    private static let clusters = [
        "\r\n", "\n", "👩\u{200D}👩\u{200D}👧", "👍🏽", "🇩🇪", "1\u{FE0F}\u{20E3}", "q\u{323}\u{307}", "х\u{301}",
    ]

    private static let specials = [
        "NULL", "null", "\\N", "\\n", "\\0", "''", "\"\"", "'; DROP TABLE lot_partnumbers; --", "1 OR 1=1", "/* x */",
        "`lot_name`", "%s", "${HOME}", "{\"a\":1}", "<b>&amp;</b>", "a,b", "a;b", "007", "7", "07", "1e5", "100000",
        "1E5", "0x10", "-0", "1.00", "NaN", "true", "0", "PN\u{1F}LOT", "*", "?", "**", "%", "_", "𝒳",
        "STRASSE", "straße", "ΟΔΟΣ", "οδος", "οδοσ", "ï", "i\u{308}",
    ]

    var random: SplitMix64
    /// The alphabet of this catalogue: few letters, so that they meet often.
    private let tokens: [String]

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = (0..<3).map { _ in random.pick(Self.letters) }
        let signs = (0..<2).map { _ in random.pick(Self.signs) }
        tokens = letters + signs + [random.pick(Self.clusters)]
        self.random = random
    }

    /// The text cut to `limit` code points.
    static func capped(_ text: String, at limit: Int = nameLimit) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.prefix(limit))
        return String(scalars)
    }

    /// A name to make others from; it may be blank by chance.
    mutating func stem() -> String {
        switch random.below(100) {
        case ..<65:
            return (0...random.below(3)).map { _ in random.pick(tokens) }.joined()
        case ..<80:
            let middle = random.pick(random.chance(50) ? Self.signs : Self.clusters)
            return random.pick(tokens) + middle + random.pick(tokens)
        case ..<97:
            return random.pick(Self.specials)
        default:
            return long(Self.nameLimit)
        }
    }

    /// The same text in a spelling of its own, which may have the same bytes, the same key, or neither.
    mutating func variant(of text: String) -> String {
        switch random.below(20) {
        case ..<7:
            return text
        case ..<9:
            return Self.capped(text.uppercased())
        case ..<11:
            return Self.capped(text.lowercased())
        case ..<13:
            return Self.capped(text.decomposedStringWithCanonicalMapping)
        case ..<15:
            return Self.capped(text.precomposedStringWithCanonicalMapping)
        case ..<18:
            return padded(text)
        case 18:
            return padded(text.uppercased().decomposedStringWithCanonicalMapping)
        default:
            return Self.capped(
                random.chance(50) ? random.pick(Self.nearBlanks) + text : text + random.pick(Self.nearBlanks))
        }
    }

    /// The same text with blanks around it: its key stays, unless the text is as long as it may be.
    mutating func padded(_ text: String) -> String {
        let before = random.chance(60) ? random.pick(Self.blanks) : ""
        let after = random.chance(60) ? random.pick(Self.blanks) + random.pick(["", random.pick(Self.blanks)]) : ""
        return Self.capped(before + text + after)
    }

    /// The empty text, or blanks alone.
    mutating func blank() -> String {
        switch random.below(20) {
        case ..<6:
            return ""
        case ..<19:
            return (0...random.below(3)).map { _ in random.pick(Self.blanks) }.joined()
        default:
            return String(repeating: random.pick([" ", "\u{3000}"]), count: Self.nameLimit)
        }
    }

    mutating func description() -> String? {
        switch random.below(400) {
        case ..<140:
            return nil
        case ..<190:
            return blank()
        case ..<200:
            return random.pick(Self.nearBlanks)
        case ..<270:
            return variant(of: random.pick(Self.specials))
        case ..<399:
            return padded((0...random.below(4)).map { _ in stem() }.joined(separator: random.pick(Self.blanks)))
        default:
            return random.chance(20)
                ? String(repeating: " ", count: Self.descriptionLimit) : long(Self.descriptionLimit)
        }
    }

    /// A glob that has to do with a name, or with none.
    mutating func glob(near name: String) -> String {
        var characters = Array(Self.capped(name, at: 40))
        guard !characters.isEmpty else {
            return random.pick(["?", "??", "?*", "*??"])
        }
        // Most wildcards stand for a cluster or a line end, where there is one.
        let strange = characters.indices.filter { characters[$0].unicodeScalars.count > 1 || characters[$0].isNewline }
        let at = random.pick(random.chance(75) && !strange.isEmpty ? strange : Array(characters.indices))
        switch random.below(20) {
        case ..<5:
            characters[at] = "?"
        case ..<8:
            characters[at] = "*"
        case ..<10:
            characters.append("*")
        case ..<12:
            characters = ["*"] + characters[at...]
        case 12:
            characters = ["*"] + characters + ["*"]
        case 13:
            characters = characters.map { _ in "?" }
        case 14:
            characters.insert("?", at: at)
        case 15:
            characters.insert(contentsOf: "**", at: at)
        case 16:
            characters = characters.flatMap { ["*", $0] }
        case 17:
            characters[at] = "*\u{301}"  // one Character, and no wildcard
        case 18:
            return variant(of: "[\(name.first ?? "a")]*")
        default:
            break
        }
        return variant(of: Self.capped(String(characters)))
    }

    /// A text of exactly so many code points: long ones differ at the end, in the middle or by case only.
    private mutating func long(_ count: Int) -> String {
        let filling = random.pick(["A", "a", "😀", "Ä", "İ", "*", "k"])
        var text = Array(repeating: filling, count: count)
        if random.chance(50) {
            text[random.pick([0, count / 2, count - 1])] = random.pick(["B", "b", "é", "👍", "\u{212A}"])
        }
        return text.joined()
    }
}
