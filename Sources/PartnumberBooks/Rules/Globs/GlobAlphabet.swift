/// The characters of globs as numbers, so that matching compares numbers and not text.
///
/// Equal characters have one number, however they are written. An ASCII character is its own number, so that an ASCII
/// key, as nearly all are, is read byte by byte.
struct GlobAlphabet {
    typealias Symbol = UInt32

    /// `*` in a glob; no key has it.
    static let run: Symbol = 0x80
    /// `?` in a glob; no key has it.
    static let one: Symbol = 0x81
    /// Any character of a key that no glob names.
    private static let unnamed: Symbol = 0x82

    private var symbols: [Character: Symbol] = [:]
    private var next: Symbol = 0x83

    init() {
        // Also what is ASCII only by equivalence is found here, as U+037E, the Greek question mark, which is a semicolon.
        for byte in 0 as UInt8..<0x80 { symbols[Character(Unicode.Scalar(byte))] = Symbol(byte) }
    }

    /// A symbol in a set of 64 bits. What part numbers are made of (lower case, digits, punctuation) has a bit each; beyond
    /// that some share one, so that a set may seem to hold more than was put in, and never less.
    static func bit(_ symbol: Symbol) -> UInt64 {
        1 << UInt64(symbol & 31 | (~symbol & 64) >> 1)
    }

    /// The set of those symbols that are not wildcards.
    static func bits(_ symbols: some Sequence<Symbol>) -> UInt64 {
        symbols.reduce(0) { set, symbol in symbol == run || symbol == one ? set : set | bit(symbol) }
    }

    /// The symbols of a glob; its characters have numbers from now on.
    mutating func symbols(of glob: Glob) -> [Symbol] {
        glob.parts.map { part in
            switch part {
            case .run: Self.run
            case .one: Self.one
            case .character(let character): number(of: character)
            }
        }
    }

    private mutating func number(of character: Character) -> Symbol {
        if let symbol = symbols[character] { return symbol }
        defer { next += 1 }
        symbols[character] = next
        return next
    }

    /// Replaces the contents of `target` by the symbols of a key.
    func read(_ key: NormalizedKey, into target: inout [Symbol]) {
        target.removeAll(keepingCapacity: true)
        var text = key.text
        let isRead = text.withUTF8 { utf8 in
            // The line end CR LF is one character: the only one of two bytes in ASCII.
            guard utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return false }
            for byte in utf8 { target.append(Symbol(byte)) }
            return true
        }
        if isRead { return }
        for character in key.text { target.append(symbols[character] ?? Self.unnamed) }
    }
}
