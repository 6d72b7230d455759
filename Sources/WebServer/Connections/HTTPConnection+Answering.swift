import NIOCore
import NIOHTTP1

/// What goes back to the client.
extension HTTPConnection {
    /// Asks the handler, off the event loop.
    func answer(_ request: WebRequest) {
        guard let context else { return }
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (loop, handler) = (context.eventLoop, site.handler)
        site.registry.countAnswering(1)
        Task {
            let reply = await handler(request)
            loop.execute {
                connection.value.site.registry.countAnswering(-1)
                connection.value.deliver(reply)
            }
        }
    }

    private func deliver(_ reply: WebReply) {
        // The client may have gone.
        guard case .answering(let head) = phase, let context else { return }
        switch reply {
        case .response(let response):
            send(response, closing: !head.keepsAlive || site.registry.isStopping, withoutBody: head.method == "HEAD")
        case .webSocket(let hub):
            guard WebSocketHandshake.isAsked(by: head) else { return refuse(.upgradeRequired) }
            guard site.registry.hasRoomForListener else { return refuse(.full) }
            upgrade(head, to: hub, context)
        }
    }

    private func send(_ response: WebResponse, closing: Bool, withoutBody: Bool) {
        write(response, closing: closing, withoutBody: withoutBody) { [self] in
            if closing { linger() } else { resume() }
        }
    }

    /// Refuses what is under way, and whatever follows it.
    func refuse(_ refusal: WebRefusal) {
        if case .closed = phase { return }
        phase = .lingering
        quietSince = .now()
        gate.isShut = true
        var response = site.refusal(refusal)
        response.status = refusal.status
        write(response, closing: true, withoutBody: false) { [self] in linger() }
    }

    private func write(
        _ response: WebResponse, closing: Bool, withoutBody: Bool, then next: @escaping () -> Void
    ) {
        guard let context else { return }
        deadline.set(site.limits.timeForResponse, on: context.eventLoop) { [self] in close() }
        let bytes = ResponseBytes.response(
            response, withoutBody: withoutBody, closes: closing, date: HTTPDate.text(site.clock()))
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in
            if case .closed = phase { return }
            if case .success = result { next() } else { close() }
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    }

    /// Tells the client that nothing more comes, and waits a little for it to close.
    private func linger() {
        phase = .lingering
        quietSince = .now()
        gate.isShut = true
        guard let context else { return }
        deadline.set(site.limits.timeToClose, on: context.eventLoop) { [self] in close() }
        context.close(mode: .output, promise: nil)
        context.read()
    }

    // MARK: WebSockets

    private func upgrade(_ head: RequestHead, to hub: WebSocketHub, _ context: ChannelHandlerContext) {
        let channel = context.channel
        let accepted = WebSocketHandshake.fields(for: head, on: channel)
        accepted.assumeIsolated().whenComplete { [self] result in
            guard case .success(let fields) = result else {
                return refuse(.malformed(reason: "Sec-WebSocket-Key that is not 16 bytes in Base64"))
            }
            guard case .answering = phase, channel.isActive else { return }
            do {
                let listener = WebSocketListener(hub: hub, site: site)
                try replace(by: listener, context)
                listener.begin(ResponseBytes.switching(fields))
            } catch {
                close()
            }
        }
    }

    /// The parser has stopped after the request and hands on what it has not read, so that it goes last.
    private func replace(by listener: WebSocketListener, _ context: ChannelHandlerContext) throws {
        let pipeline = context.pipeline.syncOperations
        let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
        try pipeline.addHandlers([listener.decoder, listener])
        phase = .closed
        pipeline.removeHandler(self, promise: nil)
        pipeline.removeHandler(gate, promise: nil)
        pipeline.removeHandler(parser, promise: nil)
    }
}
