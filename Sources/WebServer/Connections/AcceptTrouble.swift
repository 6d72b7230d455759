import ErrorModel
import Glibc
import NIOCore

/// Reports that no connection can be accepted for a while, as long as the system has no descriptor or memory for it. The event
/// loop tries again each second; this says so once, and not for each time.
final class AcceptTrouble: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

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
        if let error = error as? IOError, !isTold {
            isTold = true
            tell("no connection can be accepted for the time being: \(String(cString: strerror(error.errnoCode)))")
        }
        context.fireErrorCaught(error)
    }
}
