import Foundation

/// Keys with a number each, to be asked with a text's bytes.
///
/// Nearly every text is ASCII: such a one is lower-cased and looked up where it lies, eight bytes at a time, and no
/// `String` is made of it. An ASCII text can equal a key that is written otherwise (U+037E is canonically a semicolon), so
/// what is ASCII once it is composed is kept as ASCII.
struct KeyIndex {
    private var ascii = ASCIITable()
    private var others: [Key: Int] = [:]

    /// Distinct keys.
    private(set) var count = 0
    var isEmpty: Bool { count == 0 }

    /// The number of `key`, counting from zero; a new one where it is not known yet.
    @discardableResult
    mutating func insert(_ key: Key) -> Int {
        if let known = number(of: key) { return known }
        if var text = Self.asciiForm(of: key) {
            text.withUTF8 { ascii.insert(UnsafeRawBufferPointer($0), count) }
        } else {
            others[key] = count
        }
        count += 1
        return count - 1
    }

    /// The number of a trimmed text's key, or nil.
    func number(of trimmed: UnsafeRawBufferPointer) -> Int? {
        if isEmpty { return nil }
        return switch ascii.find(trimmed) {
        case .found(let number): number
        case .absent: nil
        case .notASCII: number(of: Key(trimmed: trimmed))
        }
    }

    private func number(of key: Key) -> Int? {
        guard var text = Self.asciiForm(of: key) else { return others[key] }
        guard case .found(let number) = text.withUTF8({ ascii.find(UnsafeRawBufferPointer($0)) }) else { return nil }
        return number
    }

    /// What equals the key and is ASCII, or nil.
    private static func asciiForm(of key: Key) -> String? {
        if key.text.utf8.allSatisfy({ $0 < 0x80 }) { return key.text }
        let composed = key.text.precomposedStringWithCanonicalMapping
        return composed.utf8.allSatisfy { $0 < 0x80 } ? composed : nil
    }
}

/// Lower-cased ASCII texts in a hash table with open addressing.
private struct ASCIITable {
    enum Finding {
        case found(Int)
        case absent
        case notASCII
    }

    private struct Entry {
        let hash: UInt64
        let bytes: Int
        /// Where its words begin.
        let start: Int
        let number: Int
    }

    private var entries: [Entry] = []
    /// The texts, filled with zeros to whole words.
    private var words: [UInt64] = []
    /// Indices into the entries plus one; zero where free. A power of two, at most half full.
    private var slots: [UInt32] = Array(repeating: 0, count: 16)
    /// Of this process: nobody can prepare texts that all meet in one place.
    private let seed = UInt64.random(in: .min ... .max)

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Does nothing where the text is not ASCII.
    mutating func insert(_ text: UnsafeRawBufferPointer, _ number: Int) {
        guard let hash = hash(of: text) else { return }
        if 2 * (entries.count + 1) > slots.count { grow() }
        let entry = Entry(hash: hash, bytes: text.count, start: words.count, number: number)
        for index in 0..<Self.wordCount(text) { words.append(Self.lowercased(Self.word(index, of: text))) }
        place(entries.count, hash)
        entries.append(entry)
    }

    func find(_ text: UnsafeRawBufferPointer) -> Finding {
        guard let hash = hash(of: text) else { return .notASCII }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.bytes == text.count, equals(entry, text) { return .found(entry.number) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return .absent
    }

    private func equals(_ entry: Entry, _ text: UnsafeRawBufferPointer) -> Bool {
        (0..<Self.wordCount(text)).allSatisfy {
            words[entry.start + $0] == Self.lowercased(Self.word($0, of: text))
        }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: 2 * slots.count)
        for (index, entry) in entries.enumerated() { place(index, entry.hash) }
    }

    private mutating func place(_ index: Int, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }

    /// Of the lower-cased text; nil where it is not ASCII.
    private func hash(of text: UnsafeRawBufferPointer) -> UInt64? {
        var hash = seed ^ UInt64(truncatingIfNeeded: text.count)
        for index in 0..<Self.wordCount(text) {
            let word = Self.word(index, of: text)
            if word & Self.highBits != 0 { return nil }
            let product = (hash ^ Self.lowercased(word)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            hash = product.high ^ product.low
        }
        return hash
    }

    private static func wordCount(_ text: UnsafeRawBufferPointer) -> Int {
        (text.count + 7) / 8
    }

    /// Eight bytes of the text, with zeros behind its end.
    private static func word(_ index: Int, of text: UnsafeRawBufferPointer) -> UInt64 {
        let start = 8 * index
        if text.count - start >= 8 {
            return UInt64(littleEndian: text.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        var word: UInt64 = 0
        for offset in start..<text.count { word |= UInt64(text[offset]) << UInt64(8 * (offset - start)) }
        return word
    }

    /// Sets the bit 20 hex in each byte that is a capital letter. For ASCII only: no byte has its highest bit set.
    private static func lowercased(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // In each byte the highest bit says: at least "A"; beyond "Z".
        let atLeastA = word &+ ones &* (0x80 - 0x41)
        let beyondZ = word &+ ones &* (0x80 - 0x5B)
        return word | ((atLeastA & ~beyondZ & highBits) >> 2)
    }
}
