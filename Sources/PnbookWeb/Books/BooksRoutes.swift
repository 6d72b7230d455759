import Database
import ErrorModel
import Operations
import PartnumberBooks
import Tasks
import WebServer

/// The books: the list, and what `pnbook` says of them or does with them.
struct BooksRoutes: Sendable {
    static let root = "/api/admin/pricing/partnumber-books"

    private let context: PnbookWebContext
    private let tasks: TaskReader
    private let reading: BlockingPool
    private let programs: BlockingPool
    private let changes = BookChangesCache()
    private let forecasts = ForecastMemory()

    init(_ context: PnbookWebContext, _ tasks: TaskReader, reading: BlockingPool, programs: BlockingPool) {
        self.context = context
        self.tasks = tasks
        self.reading = reading
        self.programs = programs
    }

    var routes: [Route] {
        let root = Self.root
        return [
            Route("GET", root, .reading) { _ in .response(try .json(try await list())) },
            // The calendar draws what the list says: each book's day, what keeps it and until when.
            Route("GET", root + "/calendar", .reading) { _ in .response(try .json(try await list())) },
            Route("GET", root + "/diff", .reading, answer: diff),
            Route("GET", root + "/explain", .reading, answer: explain),
            Route("POST", root + "/:id/activate", .changing, answer: activate),
            Route("POST", root + "/:id/pin", .changing, answer: pin),
            Route("POST", root + "/:id/unpin", .changing, answer: unpin),
        ]
    }

    private func list() async throws -> BookList {
        try await reading.run { [context, tasks, changes, forecasts] in
            let connection = try context.connections.open(.metrics)
            defer { connection.close() }
            let store = try context.storedTasks()
            do {
                return try BookList(
                    in: BookRepository(connection), zone: context.zone, now: context.now(), changes: changes,
                    memory: forecasts, tasks: store, running: try store.flatMap { try tasks.running(.books, in: $0) })
            } catch {
                throw context.connections.explaining(error, lookingAs: .metrics)
            }
        }
    }

    // MARK: Questions

    /// How many part numbers a comparison names: what a page can show.
    private static let mostChanges = 1000

    private func diff(_ call: WebCall) async throws -> WebReply {
        let from = try Self.book(try call.query("from") ?? BookWord.previous.rawValue)
        let to = try Self.book(try call.query("to") ?? BookWord.active.rawValue)
        let text = try call.query("limit") ?? "200"
        guard let limit = Int(text), (1...Self.mostChanges).contains(limit) else {
            throw WebFailure.badRequest("'limit' must be a number from 1 to \(Self.mostChanges)")
        }
        for name in [from, to] where name != DiffSide.catalogueName { try await requireBook(name) }
        return try await answer(["diff", "--json", "--limit=\(limit)", "--", from, to])
    }

    /// Longer than any part number that can be stored.
    private static let longestPartnumber = 1000

    private func explain(_ call: WebCall) async throws -> WebReply {
        guard let partnumber = try call.query("partnumber"), !partnumber.isEmpty,
            partnumber.unicodeScalars.count <= Self.longestPartnumber, !partnumber.utf8.contains(0)
        else { throw WebFailure.badRequest("'partnumber' must have 1 to \(Self.longestPartnumber) characters") }
        return try await answer(["explain", "--json", "--", partnumber])
    }

    // MARK: Changes

    private func activate(_ call: WebCall) async throws -> WebReply {
        try JSONBody(of: call.request).requireNothingElse()
        let book = try Self.id(call)
        try await requireBook(book)
        return try await answer(["activate", "--json", "--progress=none", Self.by(call), "--", book])
    }

    private func pin(_ call: WebCall) async throws -> WebReply {
        var body = try JSONBody(of: call.request)
        let note = try body.text("note") ?? ""
        try body.requireNothingElse()
        try BookPin.check(note: note)
        guard !note.utf8.contains(0) else {
            throw WebFailure.badRequest("'note' has a character that cannot be stored")
        }
        let book = try Self.id(call)
        try await requireBook(book)
        call.audit.add("note \(note.escapedForDisplay)")
        return try await answer(["pin", "--json", Self.by(call), "--note=\(note)", "--", book])
    }

    private func unpin(_ call: WebCall) async throws -> WebReply {
        try JSONBody(of: call.request).requireNothingElse()
        // It forgets pins of books that are gone, too, so that only the program knows whether there is one.
        return try await answer(["unpin", "--json", Self.by(call), "--", try Self.id(call)], failedStatus: 404)
    }

    // MARK: Values

    /// The book's id, in plain digits.
    private static func id(_ call: WebCall) throws -> String {
        guard let id = Int64(call.parameter("id")), id > 0 else { throw WebFailure.notFound }
        return String(id)
    }

    /// A book as the command line names it: an id, a version or a word.
    private static func book(_ name: String) throws -> String {
        guard !name.isEmpty, name.unicodeScalars.count <= 100, !name.utf8.contains(0) else {
            throw WebFailure.badRequest("a book is named by its id, its version, or 'active', 'previous' or 'newest'")
        }
        return name
    }

    private static func by(_ call: WebCall) -> String { "--triggered-by=" + call.client.description }

    /// - Throws: `BookNotFound`, for which the command line has no exit code of its own.
    private func requireBook(_ name: String) async throws {
        try await reading.run { [context] in
            let connection = try context.connections.open(.metrics)
            defer { connection.close() }
            _ = try BookRepository(connection).book(named: name)
        }
    }

    private func answer(_ arguments: [String], failedStatus: Int = 500) async throws -> WebReply {
        let result = try await programs.run { [context] in try context.program.run(arguments) }
        return .response(try ProgramAnswer(result.code, result.output).response(failedStatus: failedStatus))
    }
}
