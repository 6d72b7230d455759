/// The bytes of one input, looked at in the ways that kinds need. Seeds are written by hand, so parts are told by lines.
struct FuzzInput {
    let bytes: [UInt8]

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = Array(bytes)
    }

    /// The whole as text, with U+FFFD for what is not UTF-8.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What is between line feeds, at most `limit` of them.
    func lines(atMost limit: Int) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "\n"), maxSplits: limit - 1, omittingEmptySubsequences: false)
            .map(Array.init)
    }

    /// The same as texts.
    func textLines(atMost limit: Int) -> [String] {
        lines(atMost: limit).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The first eight bytes as a number, with zeros for those that are missing.
    var word: UInt64 {
        (0..<8).reduce(0) { $0 << 8 | UInt64($1 < bytes.count ? bytes[$1] : 0) }
    }
}
