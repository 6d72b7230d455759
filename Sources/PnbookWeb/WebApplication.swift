import ErrorModel
import Logging
import Operations
import Tasks
package import WebServer

/// The page's server without its sockets: a request in, a reply out.
package final class WebApplication: Sendable {
    private let router: Router
    private let signIn: SignIn
    private let files: PageFiles
    private let feed: TaskFeed
    private let logger: Logger

    /// - Parameter files: finds the page's own files.
    package init(_ context: PnbookWebContext, files: @escaping PageFiles = { _ in nil }) {
        let previews = PreviewRuns(context)
        let reader = TaskReader(previews: previews, pulses: PulseMemory())
        let reading = BlockingPool("read", threads: 3, backlog: 128)
        let programs = BlockingPool("program", threads: 2, backlog: 16)
        let feeds = FeedOfHub()
        // A pool of its own, so that a monitor and new listeners are not kept waiting by requests.
        let watching = BlockingPool("watch", threads: 1, backlog: 1024)
        let hub = WebSocketHub(
            greeting: { (try? await watching.run { feeds.feed?.greeting() ?? [] }) ?? [] },
            onCount: { feeds.feed?.setListeners($0) })
        let feed = TaskFeed(
            open: { try context.storedTasks() }, previews: previews, logger: context.logger
        ) { hub.broadcast($0) }
        feeds.set(feed)
        self.feed = feed
        router = Router(
            HealthRoute(context, watching).routes
                + BooksRoutes(context, reader, reading: reading, programs: programs).routes
                + RunsRoutes(context, reader).routes
                + TasksRoutes(context, reader, reading: reading, hub: hub).routes
                + TestEventRoute(context, hub: hub).routes)
        signIn = SignIn(context.token, origin: OriginCheck(context.origin))
        self.files = files
        logger = context.logger
    }

    /// Ends what it does in the background. Runs go on.
    package func stop() { feed.stop() }

    /// Answers one request.
    package func respond(to request: WebRequest) async -> WebReply {
        let reply: WebReply
        do {
            reply = try await answer(request)
        } catch {
            reply = .response(WebResponse(WebFailure(of: error)))
        }
        guard case .response(var response) = reply else { return reply }
        SecurityHeaders.add(to: &response)
        return .response(response)
    }

    private func answer(_ request: WebRequest) async throws -> WebReply {
        switch router.match(request.method, request.path) {
        case .route(let route, let parameters): try await answer(request, route, parameters)
        case .otherMethods(let allowed):
            // What there is here is nobody's business without the token.
            try await signedIn(request) { throw WebFailure.methodNotAllowed(allowed) }
        case .nothing:
            try await signedIn(request) {
                guard let file = files(request) else { throw WebFailure.notFound }
                guard ["GET", "HEAD"].contains(request.method) else {
                    throw WebFailure.methodNotAllowed(["GET", "HEAD"])
                }
                return .response(PageAnswer(file).response(to: request))
            }
        }
    }

    private func signedIn(_ request: WebRequest, _ body: () throws -> WebReply) async throws -> WebReply {
        _ = try await client(of: request, for: .reading)
        return try body()
    }

    private func answer(
        _ request: WebRequest, _ route: Route, _ parameters: [String: String]
    ) async throws -> WebReply {
        let client: TaskTrigger
        switch route.access {
        case .open: client = ClientName.trigger(of: "")
        case .reading, .changing: client = try await self.client(of: request, for: route.access)
        }
        let call = WebCall(request: request, parameters: parameters, client: client)
        guard route.access == .changing else { return try await route.answer(call) }
        do {
            let reply = try await route.answer(call)
            log(call, reply)
            return reply
        } catch {
            let failure = WebFailure(of: error)
            log(call, failure.status, failure.message)
            throw failure
        }
    }

    // MARK: The log

    private func client(of request: WebRequest, for access: Route.Access) async throws -> TaskTrigger {
        do {
            return try await signIn.client(of: request, for: access)
        } catch let failure as WebFailure {
            // A browser that has not been asked for the token yet is no news.
            let hasTried = !request.headers.values(of: "Authorization").isEmpty
            if hasTried || access == .changing {
                logger.warn("\(request.peer) \(request.method) \(request.path): \(failure.status): \(failure.message)")
            }
            throw failure
        }
    }

    /// Who has changed what, and what came of it.
    private func log(_ call: WebCall, _ reply: WebReply) {
        guard case .response(let response) = reply else { return }
        log(call, response.status, nil)
    }

    private func log(_ call: WebCall, _ status: Int, _ reason: DisplayText?) {
        let why: DisplayText = reason.map { ": \($0)" } ?? ""
        let line: DisplayText =
            "\(call.client) (\(call.request.peer)) \(call.request.method) \(call.request.path)\(call.audit.text): \(status)\(why)"
        logger.inform(line)
    }
}
