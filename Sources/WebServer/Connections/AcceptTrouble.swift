import ErrorModel
import Glibc
import NIOCore

/// Pauses accepting while the system has no descriptor or no memory for a connection, and says so once: the socket stays ready, and
/// the event loop would otherwise try without a pause.
final class AcceptTrouble: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private static let pause = TimeAmount.milliseconds(200)

    private let tell: @Sendable (DisplayText) -> Void
    private var isTold = false

    init(_ tell: @escaping @Sendable (DisplayText) -> Void) {
        self.tell = tell
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isTold = false
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError else { return context.fireErrorCaught(error) }
        // A client that has gone before it was accepted.
        if error.errnoCode == ECONNABORTED { return }
        let channel = context.channel
        channel.setOption(.autoRead, value: false).assumeIsolated().whenSuccess {
            channel.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
                channel.setOption(.autoRead, value: true).whenFailure { _ in }
            }
        }
        if !isTold {
            isTold = true
            tell("no connection can be accepted for the time being: \(String(cString: strerror(error.errnoCode)))")
        }
    }
}
