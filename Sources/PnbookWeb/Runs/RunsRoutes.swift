import ErrorModel
import Operations
import WebServer

/// New books: a run of the installed `pnbook` for each.
struct RunsRoutes: Sendable {
    private let starter: RunStarter
    private let previews: PreviewRuns
    /// Of one thread: there is one start at a time.
    private let starting = BlockingPool("start", threads: 1, backlog: 16)
    private let keys: IdempotencyKeys

    init(_ context: PnbookWebContext, _ reader: TaskReader) {
        keys = IdempotencyKeys(in: context.stateFolder, now: context.now, logger: context.logger)
        starter = RunStarter(context, reader, keys)
        previews = reader.previews
    }

    var routes: [Route] { [Route("POST", BooksRoutes.root, .changing, answer: create)] }

    private func create(_ call: WebCall) async throws -> WebReply {
        let request = try RunRequest(of: call.request)
        let key = try IdempotencyKeys.key(in: call.request.headers.values(of: "Idempotency-Key"))
        call.audit.add("\(request.description)")
        let client = call.client
        if request.isDryRun {
            // It writes nothing, so that a second one does no harm: its key need not be kept.
            return .response(try .json(StartedRun(try previews.start(request, for: client)), status: 202))
        }
        return .response(try await starting.run { [starter] in try starter.start(request, for: client, key: key) })
    }
}
