import NIOCore
import NIOHTTP1

/// A client's connection, as long as it speaks HTTP: reads a request whole, has it answered, and reads the next one only then.
///
/// It reads from the socket by itself, piece by piece, and only while it wants more: a client that sends further requests before it
/// has its answer waits in the kernel's buffers. Everything happens on the connection's event loop.
final class HTTPConnection: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    enum Phase {
        /// No header is complete: nothing of it has come yet, or some.
        case header
        case body(RequestHead)
        /// The handler is at work, or the response on its way.
        case answering(RequestHead)
        /// Nothing more is answered. What still comes is read and thrown away for a while, because a socket that is closed with
        /// unread bytes takes the last response back from the client.
        case lingering
        case closed
    }

    /// What the parser has found.
    private enum Input {
        case part(HTTPServerRequestPart)
        case fault(any Error)
        /// The client sends nothing more.
        case end
    }

    let site: Site
    let gate: WireGate
    private(set) var context: ChannelHandlerContext?
    var phase = Phase.header
    var deadline = Deadline()
    private var inputs = CircularBuffer<Input>()
    private var body: [UInt8] = []
    /// Some of a header has come.
    private var hasBegun = false
    /// A request has been answered on this connection before.
    private var isReused = false
    var quietSince = NIODeadline.now()

    init(site: Site, gate: WireGate) {
        self.site = site
        self.gate = gate
    }

    /// Since when the client has been waited for: for its request, for the rest of it, or for its goodbye; nil where it is the
    /// client that waits.
    var waitsSince: NIODeadline? {
        if case .answering = phase { nil } else { quietSince }
    }

    /// Without a whole header.
    var isIdle: Bool {
        if case .header = phase { inputs.isEmpty } else { false }
    }

    /// At once, whatever is under way.
    func close() {
        phase = .closed
        inputs.removeAll()
        deadline.cancel()
        context?.close(promise: nil)
    }

    // MARK: From the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        gate.onBytes = { [unowned self] in bytesCome() }
        site.registry.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline.cancel()
        gate.onBytes = {}
        site.registry.remove(self)
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        switch site.registry.admit(self) {
        case .admitted: break
        case .refused: return refuse(.full)
        case .dropped: return close()
        }
        deadline.set(site.limits.timeForHeader, on: context.eventLoop) { [self] in refuse(.tooSlow) }
        context.read()
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        deadline.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        inputs.append(.part(unwrapInboundIn(data)))
        process()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return close() }
        inputs.append(.fault(error))
        process()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return }
        if case .lingering = phase { return close() }
        inputs.append(.end)
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // The parser counts names and values. Blank lines, blanks, the sizes of chunks and their extensions count here.
        switch phase {
        case .header where gate.count > site.limits.headerBytes + 4096:
            refuse(.headerTooLarge(limit: site.limits.headerBytes))
        case .body where gate.count > 2 * site.limits.bodyBytes + site.limits.headerBytes:
            refuse(.bodyTooLarge(limit: site.limits.bodyBytes))
        case .header, .body, .lingering: context.read()
        case .answering, .closed: break
        }
    }

    private func bytesCome() {
        guard case .header = phase, isReused, !hasBegun, let context else { return }
        hasBegun = true
        deadline.set(site.limits.timeForHeader, on: context.eventLoop) { [self] in refuse(.tooSlow) }
    }

    // MARK: One request after the other

    /// Goes on with the next request.
    func resume() {
        (hasBegun, isReused, quietSince) = (false, true, .now())
        phase = .header
        body = []
        gate.reset()
        guard let context else { return }
        deadline.set(site.limits.timeIdle, on: context.eventLoop) { [self] in close() }
        process()
        if case .answering = phase { return }
        context.read()
    }

    private func process() {
        while !inputs.isEmpty {
            switch phase {
            case .header, .body: take(inputs.removeFirst())
            case .answering: return
            case .lingering, .closed: inputs.removeAll()
            }
        }
    }

    private func take(_ input: Input) {
        switch (input, phase) {
        case (.part(.head(let head)), _): begin(head)
        case (.part(.body(let bytes)), .body):
            guard body.count + bytes.readableBytes <= site.limits.bodyBytes else {
                return refuse(.bodyTooLarge(limit: site.limits.bodyBytes))
            }
            body.append(contentsOf: bytes.readableBytesView)
        case (.part(.end), .body(let head)):
            deadline.cancel()
            phase = .answering(head)
            answer(head.request(body: body, peer: peer))
        case (.part, _): break
        case (.fault(HTTPParserError.headerOverflow), _):
            refuse(.headerTooLarge(limit: site.limits.headerBytes))
        case (.fault(HTTPParserError.invalidVersion), _): refuse(.version)
        case (.fault(HTTPParserError.invalidEOFState), _), (.end, _): close()
        case (.fault, _): refuse(.malformed(reason: "not HTTP/1.1"))
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        do throws(WebRefusal) {
            let head = try RequestHead(head, bodyLimit: site.limits.bodyBytes)
            phase = .body(head)
            quietSince = .now()
            gate.reset()
            guard let context else { return }
            deadline.set(site.limits.timeForBody, on: context.eventLoop) { [self] in refuse(.tooSlow) }
            if head.expectsContinue { context.writeAndFlush(wrapOutboundOut(ResponseBytes.goOn), promise: nil) }
        } catch {
            refuse(error)
        }
    }

    private var peer: String {
        guard let address = context?.remoteAddress, let ip = address.ipAddress else { return "unix" }
        // A socket for both families, as a service manager may open it.
        return ip.hasPrefix("::ffff:") ? String(ip.dropFirst(7)) : ip
    }
}
