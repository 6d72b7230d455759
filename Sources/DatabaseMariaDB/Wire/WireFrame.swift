/// One packet's header, and how much of the packet is still to come.
struct WireFrame {
    private var header: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
    private var headerBytes = 0
    /// Bytes of the packet that have not come yet.
    private(set) var left = 0

    var hasHeader: Bool { headerBytes == 4 }
    /// The packet's own number.
    var number: UInt8 { header.3 }
    /// Whether the packet goes on in another: the longest that a header can name.
    var isContinued: Bool { header.0 & header.1 & header.2 == 0xFF }

    /// Takes as many of the header's bytes as there are.
    mutating func take(headerFrom rest: inout Slice<UnsafeRawBufferPointer>) {
        while headerBytes < 4, let byte = rest.popFirst() {
            withUnsafeMutableBytes(of: &header) { $0[headerBytes] = byte }
            headerBytes += 1
        }
        if headerBytes == 4 { left = Int(header.0) | Int(header.1) << 8 | Int(header.2) << 16 }
    }

    /// Takes as much of the packet as there is.
    ///
    /// - Returns: how many bytes that is.
    mutating func take(from count: Int) -> Int {
        let taken = min(count, left)
        left -= taken
        return taken
    }
}
