import NIOCore

/// Stands before the parser: counts what comes over the wire, as the parser skips some of it without a word, and keeps from it what
/// is not to be read any more.
final class WireGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Bytes since the last ``reset()``.
    private(set) var count = 0
    /// What comes is thrown away.
    var isShut = false
    /// Told that bytes have come, before the parser sees them.
    var onBytes: () -> Void = {}

    func reset() {
        count = 0
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count += unwrapInboundIn(data).readableBytes
        guard !isShut else { return }
        onBytes()
        context.fireChannelRead(data)
    }
}
