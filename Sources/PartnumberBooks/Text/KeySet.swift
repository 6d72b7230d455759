import FoundationEssentials

/// A set of keys that is looked up with a text's bytes.
///
/// Nearly every text is ASCII and short: such a text is lower-cased and looked up in place, eight bytes at a time, and no
/// `String` is made of it. An ASCII text can equal a key that is written otherwise (U+037E is canonically a semicolon),
/// so what is ASCII once it is composed is kept as ASCII.
struct KeySet {
    private var ascii = ASCIISet()
    private var others: Set<NormalizedKey> = []

    init() {}

    init(_ key: NormalizedKey) {
        insert(key)
    }

    /// Distinct keys.
    var count: Int { ascii.count + others.count }
    var isEmpty: Bool { count == 0 }

    mutating func insert(_ key: NormalizedKey) {
        guard var text = Self.asciiForm(of: key) else {
            others.insert(key)
            return
        }
        text.withUTF8 { ascii.insert(UnsafeRawBufferPointer($0)) }
    }

    /// Whether the key of a trimmed text is among them.
    func contains(_ trimmed: UnsafeRawBufferPointer) -> Bool {
        if isEmpty { return false }
        if let answer = ascii.contains(trimmed) { return answer }
        let key = NormalizedKey(trimmed: trimmed)
        guard var text = Self.asciiForm(of: key) else { return others.contains(key) }
        return text.withUTF8 { ascii.contains(UnsafeRawBufferPointer($0)) } ?? false
    }

    /// An equal key in ASCII, or nil.
    private static func asciiForm(of key: NormalizedKey) -> String? {
        var text = key.text
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { text = text.canonicallyComposed }
        return text.utf8.count <= ASCIISet.longest && text.utf8.allSatisfy { $0 < 0x80 } ? text : nil
    }
}

/// Lower-cased ASCII texts in a hash table with open addressing: about thirty bytes for one of sixteen.
private struct ASCIISet {
    private(set) var count = 0
    private var texts = TextStore()
    /// Half of the hash, and where the text is; zero where free. A power of two, at most three quarters full.
    private var slots: [UInt64] = Array(repeating: 0, count: 16)
    /// Of this process: an attacker cannot prepare texts that all collide.
    private let seed = UInt64.random(in: .min ... .max)

    /// Bytes of a text at most.
    static let longest = 1000

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let hashHalf: UInt64 = 0xFFFF_FFFF_0000_0000

    /// - Parameter text: ASCII, lower-cased, and no longer than ``longest``.
    mutating func insert(_ text: UnsafeRawBufferPointer) {
        guard contains(text) == false, let hash = hash(of: text) else { return }
        if 4 * (count + 1) > 3 * slots.count { grow() }
        place(hash & Self.hashHalf | UInt64(texts.append(text)), hash)
        count += 1
    }

    /// Whether the lower-cased text is among them; nil where it is not ASCII, or too long.
    func contains(_ text: UnsafeRawBufferPointer) -> Bool? {
        guard text.count <= Self.longest, let hash = hash(of: text) else { return nil }
        var index = Self.index(hash, slots.count)
        while slots[index] != 0 {
            let slot = slots[index]
            if (slot ^ hash) & Self.hashHalf == 0, equals(texts[UInt32(truncatingIfNeeded: slot)], text) { return true }
            index = (index + 1) & (slots.count - 1)
        }
        return false
    }

    private func equals(_ known: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) -> Bool {
        known.count == text.count
            && (0..<Self.wordCount(text)).allSatisfy {
                Self.word($0, of: known) == Self.lowercased(Self.word($0, of: text))
            }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: 2 * old.count)
        for slot in old where slot != 0 {
            guard let hash = hash(of: texts[UInt32(truncatingIfNeeded: slot)]) else { continue }
            place(slot, hash)
        }
    }

    private mutating func place(_ slot: UInt64, _ hash: UInt64) {
        var index = Self.index(hash, slots.count)
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = slot
    }

    /// By the lower half of the hash: the slot holds the upper one.
    private static func index(_ hash: UInt64, _ slots: Int) -> Int {
        Int(hash & UInt64(slots - 1))
    }

    /// Of the lower-cased text; nil where it is not ASCII.
    private func hash(of text: UnsafeRawBufferPointer) -> UInt64? {
        var hash = seed ^ UInt64(text.count)
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

    /// Eight bytes of the text: the last ones again where no eight are left, with zeros behind it where it has fewer.
    private static func word(_ index: Int, of text: UnsafeRawBufferPointer) -> UInt64 {
        let start = min(8 * index, text.count - 8)
        if start >= 0 {
            return UInt64(littleEndian: text.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        var word: UInt64 = 0
        for offset in text.indices { word |= UInt64(text[offset]) << UInt64(8 * offset) }
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

/// A chunked arena for short strings: growing copies nothing, and only the last chunk has unused capacity.
private final class TextStore {
    private var pieces: [UnsafeMutableRawPointer] = []
    /// Where the next text goes. Starts at 1; 0 marks an empty slot.
    private var next = 1

    private static let pieceBytes = 64 << 10
    private static let lengthBytes = 2

    deinit {
        for piece in pieces { piece.deallocate() }
    }

    /// Copies a text; returns its position.
    func append(_ text: UnsafeRawBufferPointer) -> UInt32 {
        let bytes = Self.lengthBytes + text.count
        if next % Self.pieceBytes + bytes > Self.pieceBytes { next = (next / Self.pieceBytes + 1) * Self.pieceBytes }
        if next / Self.pieceBytes == pieces.count {
            pieces.append(.allocate(byteCount: Self.pieceBytes, alignment: 8))
        }
        let place = UInt32(next)
        let target = pieces[next / Self.pieceBytes] + next % Self.pieceBytes
        target.storeBytes(of: UInt16(text.count), as: UInt16.self)
        if let source = text.baseAddress {
            (target + Self.lengthBytes).copyMemory(from: source, byteCount: text.count)
        }
        next += bytes
        return place
    }

    subscript(place: UInt32) -> UnsafeRawBufferPointer {
        let start = pieces[Int(place) / Self.pieceBytes] + Int(place) % Self.pieceBytes
        return UnsafeRawBufferPointer(
            start: start + Self.lengthBytes, count: Int(start.loadUnaligned(as: UInt16.self)))
    }
}
