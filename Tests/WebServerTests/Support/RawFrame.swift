/// A WebSocket's frame as a client reads it off the wire.
struct RawFrame: Equatable {
    let opcode: UInt8
    let payload: [UInt8]

    var text: String { String(decoding: payload, as: UTF8.self) }

    /// Of a close frame; nil for none.
    var closeCode: UInt16? {
        opcode == 8 && payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : nil
    }

    /// A frame as a client sends it: masked, unless it is to be wrong.
    static func bytes(opcode: UInt8, _ payload: [UInt8] = [], isLast: Bool = true, isMasked: Bool = true) -> [UInt8] {
        let mask: [UInt8] = isMasked ? [0x11, 0x22, 0x33, 0x44] : []
        var bytes: [UInt8] = [(isLast ? 0x80 : 0) | opcode]
        let flag: UInt8 = isMasked ? 0x80 : 0
        if payload.count <= 125 {
            bytes.append(flag | UInt8(payload.count))
        } else {
            bytes += [flag | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        }
        return bytes + mask + payload.enumerated().map { isMasked ? $1 ^ mask[$0 % 4] : $1 }
    }
}
