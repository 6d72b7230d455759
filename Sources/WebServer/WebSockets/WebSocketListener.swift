import NIOCore
import NIOWebSocket

/// One listener of a hub: sends it the hub's texts, answers its pings, asks for a sign of life, and takes leave of it.
///
/// Only for the connection's event loop.
final class WebSocketListener: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Texts wait for the greeting, so many bytes.
        case greeting(waiting: [ByteBuffer], bytes: Int)
        case open
        /// A close frame has been sent, and the client's is awaited.
        case closing
        case closed
    }

    let decoder: ByteToMessageHandler<WebSocketFrameDecoder>
    private let hub: WebSocketHub
    private let site: Site
    private var context: ChannelHandlerContext?
    private var phase = Phase.greeting(waiting: [], bytes: 0)
    private var rules: WebSocketMessageRules
    private var deadline = Deadline()
    /// Something has come since the last ping.
    private var isAlive = true

    init(hub: WebSocketHub, site: Site) {
        self.hub = hub
        self.site = site
        rules = WebSocketMessageRules(limit: site.limits.messageBytes)
        decoder = ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: site.limits.messageBytes))
    }

    // MARK: From the server

    /// Joins the hub, says so, and begins to read: a client that has the response misses no text.
    ///
    /// - Parameter response: the one that switches.
    func begin(_ response: ByteBuffer) {
        guard let context else { return }
        let backlog = site.limits.listenerBacklogBytes
        let options = context.channel.syncOptions
        try? options?.setOption(.writeBufferWaterMark, value: .init(low: backlog / 2, high: backlog))
        // What the kernel would keep for a slow listener is not to be many times what the server keeps.
        try? options?.setOption(.socketOption(.so_sndbuf), value: SocketOptionValue(backlog))
        let listener = NIOLoopBound(self, eventLoop: context.eventLoop)
        hub.add(listener)
        context.writeAndFlush(wrapOutboundOut(response), promise: nil)
        let (hub, loop) = (hub, context.eventLoop)
        site.registry.countAnswering(1)
        Task {
            let texts = await hub.greeting()
            loop.execute { listener.value.greet(with: texts) }
        }
        awaitSign()
        context.read()
    }

    private func greet(with texts: [String]) {
        site.registry.countAnswering(-1)
        guard case .greeting(let waiting, _) = phase else { return }
        phase = .open
        for text in texts { send(WebSocketFrames.text(text)) }
        for frame in waiting { send(frame) }
    }

    /// Sends a frame, or takes leave of a listener that is too far behind.
    func send(_ frame: ByteBuffer) {
        switch phase {
        case .greeting(var waiting, let bytes):
            guard bytes + frame.readableBytes <= site.limits.listenerBacklogBytes else { return close(.tryAgainLater) }
            waiting.append(frame)
            phase = .greeting(waiting: waiting, bytes: bytes + frame.readableBytes)
        case .open:
            guard let context, context.channel.isWritable else { return close(.tryAgainLater) }
            context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        case .closing, .closed: break
        }
    }

    /// Says why, and waits a little for the client to say goodbye as well.
    func close(_ code: WebSocketClose?) {
        switch phase {
        case .closing, .closed: return
        case .greeting, .open: phase = .closing
        }
        leave()
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(WebSocketFrames.close(code)), promise: nil)
        deadline.set(site.limits.timeToClose, on: context.eventLoop) { [self] in cutOff() }
        // Of a client that takes nothing, nothing was read either; its close frame is wanted now.
        context.read()
    }

    /// At once.
    func cutOff() {
        phase = .closed
        leave()
        deadline.cancel()
        context?.close(promise: nil)
    }

    private func leave() {
        if let context { hub.remove(NIOLoopBound(self, eventLoop: context.eventLoop)) }
    }

    private func awaitSign() {
        guard let context else { return }
        deadline.set(site.limits.pingInterval, on: context.eventLoop) { [self] in
            guard isAlive else { return cutOff() }
            isAlive = false
            // One that takes nothing is found out by the next interval.
            if let context = self.context, context.channel.isWritable {
                context.writeAndFlush(wrapOutboundOut(WebSocketFrames.ping), promise: nil)
            }
            awaitSign()
        }
    }

    // MARK: From the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        site.registry.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        phase = .closed
        leave()
        deadline.cancel()
        site.registry.remove(self)
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        isAlive = true
        if case .closed = phase { return }
        if let fault = rules.fault(in: frame) { return close(fault) }
        switch frame.opcode {
        case .connectionClose: sayGoodbye(frame)
        case .ping:
            if case .closing = phase { return }
            context.writeAndFlush(wrapOutboundOut(WebSocketFrames.pong(frame.unmaskedData)), promise: nil)
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A client that does not take its pongs is not read on.
        if case .closing = phase { context.read() } else if context.channel.isWritable { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOWebSocketError.invalidFrameLength: close(.tooLarge)
        case is NIOWebSocketError: close(.protocolError)
        default: cutOff()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { cutOff() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        leave()
        deadline.cancel()
    }

    /// Answers the client's close frame with its own code, and closes.
    private func sayGoodbye(_ frame: WebSocketFrame) {
        if case .closing = phase { return cutOff() }
        var data = frame.unmaskedData
        let isEmpty = data.readableBytes == 0
        let code = data.readInteger(as: UInt16.self).map(WebSocketClose.init(rawValue:))
        let isRight =
            isEmpty || code?.isForTheWire == true && String(validating: data.readableBytesView, as: UTF8.self) != nil
        phase = .closing
        leave()
        guard let context else { return }
        deadline.set(site.limits.timeToClose, on: context.eventLoop) { [self] in cutOff() }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] _ in cutOff() }
        context.writeAndFlush(wrapOutboundOut(WebSocketFrames.close(isRight ? code : .protocolError)), promise: promise)
    }
}
