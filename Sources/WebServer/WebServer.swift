import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server of HTTP/1.1 and WebSockets on one address, within limits of bytes, connections and time.
package final class WebServer: Sendable {
    /// Where it listens, with the port that it got.
    package let address: WebAddress
    private let sockets: [ListeningSocket]
    private let channels: [any Channel]
    private let site: NIOLoopBound<Site>

    private init(
        address: WebAddress, sockets: [ListeningSocket], channels: [any Channel], site: NIOLoopBound<Site>
    ) {
        self.address = address
        self.sockets = sockets
        self.channels = channels
        self.site = site
    }

    /// Begins to listen. A name that is not a number is looked up by the calling thread.
    ///
    /// - Throws: ``WebServerError``; nothing listens then.
    package static func start(
        _ options: WebServerOptions, handler: @escaping WebHandler
    ) async throws -> WebServer {
        let (sockets, address) = try ListeningSocket.open(options.address)
        let site = try await WebServerLoop.shared.submit {
            NIOLoopBound(Site(options, handler: handler), eventLoop: WebServerLoop.shared)
        }.get()
        var channels: [any Channel] = []
        do {
            for socket in sockets { channels.append(try await listen(socket, options, site)) }
        } catch {
            for channel in channels { try? await channel.close() }
            for socket in sockets { socket.close() }
            throw WebServerError.system(address, call: "epoll_ctl", code: (error as? IOError)?.errnoCode ?? EIO)
        }
        return WebServer(address: address, sockets: sockets, channels: channels, site: site)
    }

    private static func listen(
        _ socket: ListeningSocket, _ options: WebServerOptions, _ site: NIOLoopBound<Site>
    ) async throws -> any Channel {
        try await ServerBootstrap(group: WebServerLoop.shared)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptTrouble(options.onTrouble))
                }
            }
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try serve(channel, site.value) }
            }
            .withBoundSocket(socket.descriptor).get()
    }

    private static func serve(_ channel: any Channel, _ site: Site) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = site.limits.headerBytes
        limits.maxHeaderListSize = site.limits.headerBytes
        limits.maxHeaderFieldCount = site.limits.headerFields
        let parser = HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits)
        let gate = WireGate()
        try channel.pipeline.syncOperations.addHandlers([
            gate, ByteToMessageHandler(parser), HTTPConnection(site: site, gate: gate),
        ])
    }

    /// Accepts nothing more, finishes what is being answered, closes WebSockets with 1001, and returns once all connections are
    /// closed: what is left after `grace` is cut off.
    package func stop(within grace: Duration = .seconds(5)) async {
        for channel in channels { try? await channel.close() }
        for socket in sockets { socket.file?.remove() }
        let loop = WebServerLoop.shared
        let isEmpty = loop.makePromise(of: Void.self)
        loop.execute { [site] in
            let registry = site.value.registry
            let cutOff = loop.assumeIsolated().scheduleTask(in: TimeAmount(grace)) {
                registry.cutOff()
                isEmpty.succeed()
            }
            registry.stop {
                cutOff.cancel()
                isEmpty.succeed()
            }
        }
        try? await isEmpty.futureResult.get()
    }
}
