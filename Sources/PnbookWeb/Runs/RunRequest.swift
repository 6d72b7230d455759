import ErrorModel
import Operations
import Tasks
import WebServer

/// What a run is asked for: from a fixed list, never text for a command line.
struct RunRequest: Sendable, Hashable {
    /// Build and report, and write nothing.
    var isDryRun = false
    /// Publish nothing that would equal the active book.
    var onlyIfChanged = false
    /// Publish even a book that has fewer than half of the active book's items.
    var allowsShrinking = false

    /// What `confirm` must say for a book that may be much smaller: a slip of a client's does not lose half a book.
    static let shrinkConfirmation = "allow_shrink"

    /// Memberwise.
    init(isDryRun: Bool = false, onlyIfChanged: Bool = false, allowsShrinking: Bool = false) {
        self.isDryRun = isDryRun
        self.onlyIfChanged = onlyIfChanged
        self.allowsShrinking = allowsShrinking
    }

    /// - Throws: ``WebFailure`` for a body of another shape, and for a book that may shrink without the confirmation.
    init(of request: WebRequest) throws {
        var body = try JSONBody(of: request)
        isDryRun = try body.flag("dry_run")
        onlyIfChanged = try body.flag("if_changed")
        allowsShrinking = try body.flag("allow_shrink")
        let confirmation = try body.text("confirm")
        try body.requireNothingElse()
        if allowsShrinking, confirmation != Self.shrinkConfirmation {
            throw WebFailure.badRequest(
                "a book that may be much smaller must be confirmed: \"confirm\": \"\(Self.shrinkConfirmation)\"")
        }
    }

    /// `create` with these wishes.
    func arguments(for client: TaskTrigger) -> [String] {
        ["create", "--json", "--quiet", "--triggered-by=" + client.description] + flags
    }

    private var flags: [String] {
        [("--dry-run", isDryRun), ("--if-changed", onlyIfChanged), ("--allow-shrink", allowsShrinking)]
            .filter(\.1).map(\.0)
    }

    /// For the log, and to tell one request from another.
    var description: String { flags.isEmpty ? "create" : "create " + flags.joined(separator: " ") }
}
