import Crypto

/// The SHA-256 of a book's ordered items (<doc:BookRules#Digest>): for each PN, 0x1F, LOT, 0x1F, `1` or `0`, 0x1F, the
/// description or the one byte 0x00 for NULL, 0x1E. The same on both engines.
package struct BookDigest {
    private var hash = SHA256()
    private var buffer: [UInt8] = []

    /// Bytes collected before they are hashed.
    private static let bufferSize = 64 << 10

    package init() {
        buffer.reserveCapacity(Self.bufferSize + 65_536)
    }

    package mutating func add(_ item: BookItem) {
        buffer.append(contentsOf: item.partnumber)
        buffer.append(0x1F)
        buffer.append(contentsOf: item.lot)
        buffer.append(0x1F)
        buffer.append(UInt8(ascii: item.isPrimary ? "1" : "0"))
        buffer.append(0x1F)
        if let description = item.description {
            buffer.append(contentsOf: description)
        } else {
            buffer.append(0)
        }
        buffer.append(0x1E)
        if buffer.count >= Self.bufferSize { drain() }
    }

    private mutating func drain() {
        buffer.withUnsafeBytes { hash.update(bufferPointer: $0) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// `sha256:` and 64 hexadecimal digits.
    package mutating func finish() -> String {
        drain()
        return "sha256:" + Hexadecimal.text(of: hash.finalize())
    }
}
