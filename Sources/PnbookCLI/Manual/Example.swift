/// A command line to learn from, in help and manual. The names in it exist after `fixtures/demo`, or are plainly placeholders.
struct Example {
    /// With the program's name.
    let command: String
    /// What it does, as a sentence.
    let meaning: String

    private init(_ command: String, _ meaning: String) {
        self.command = "pnbook " + command
        self.meaning = meaning
    }

    /// The examples of the verb at `path`.
    static func of(_ path: [String]) -> [Example] { all[path.joined(separator: " ")] ?? [] }

    /// By verb.
    static let all: [String: [Example]] = [
        "create": [
            .init("create --dry-run", "Shows what a run would publish and remove, and writes nothing."),
            .init(
                "create --if-changed --quiet", "As a timer runs it: silent, and no new book where nothing has changed."),
        ],
        "list": [
            .init("list", "All books, the newest first."),
            .init("list --calendar", "The same as a calendar, with what the next retention will remove."),
        ],
        "show": [
            .init("show active", "The active book: what it holds, why it is kept, and until when."),
            .init("show PNBOOK-2026-11-16-001", "Any other book, by its version or its id."),
        ],
        "diff": [
            .init("diff", "What the last switch has changed: from the book before to the active one."),
            .init("diff catalogue", "What a run now would change."),
            .init("diff PNBOOK-2026-11-16-001", "What has changed since that night."),
            .init("diff 1 active --limit 0 --json", "All of it, for a program."),
        ],
        "explain": [
            .init("explain 540-BBGD", "Why this part number is in the book, or is not."),
            .init(
                "explain 540-BBGD --every-spelling",
                "Reads every item of every book, to find unexpected spellings, too."),
        ],
        "verify": [
            .init("verify", "Checks all books."),
            .init("verify active --against-catalogue", "Also asks whether a book made now would be the same."),
        ],
        "activate": [
            .init("activate previous", "Undoes the last switch: the book that was active before is active again."),
            .init("activate PNBOOK-2026-11-19-001", "Goes back to an earlier book, in one commit."),
        ],
        "pin": [
            .init(
                "pin previous --note quote-4711", "Keeps the book that was active before for good.")
        ],
        "unpin": [.init("unpin PNBOOK-2026-11-19-001", "Lets the book go, and says what retention does with it then.")],
        "schema": [.init("schema create", "The JSON Schema of what 'create --json' prints.")],
        "export": [
            .init("export active --to book.csv", "The active book as a table."),
            .init("export all --to local.db", "Every book, as QuoteForge keeps them."),
        ],
        "prune": [
            .init("prune --dry-run", "What retention would remove, and why."),
            .init("prune --approve HASH", "Carries out the plan whose hash the line before has printed."),
        ],
        "simulate": [
            .init("simulate --years 3 --keep-daily 14", "What would be left of three years of nights."),
            .init("simulate --books books.json --calendar", "What would be kept of the books of a file."),
        ],
        "migrate plan": [.init("migrate plan", "The statements that are to be run, to be read first.")],
        "migrate up": [.init("migrate up --wait 5m", "Applies what is pending, after a run that may be working.")],
        "migrate status": [.init("migrate status", "What has been applied, when and by whom.")],
        "load": [
            .init("load fixtures/servers", "Fills empty source tables."),
            .init("load fixtures/servers --replace", "Puts this catalogue in the place of another."),
        ],
        "task list": [.init("task list --limit 5", "The last five runs.")],
        "task show": [
            .init("task show", "The run that is at work now."),
            .init("task show 54dc", "The task whose id begins like this, with what it has made."),
        ],
        "task watch": [.init("task watch", "Follows the run that is at work to its end, and exits as it does.")],
        "task cancel": [.init("task cancel", "Asks the run that is at work to undo what it has done.")],
        "task clean": [.init("task clean --older-than 30d", "Forgets what ended more than thirty days ago.")],
        "doctor": [.init("doctor", "Everything that is wrong, with what fixes it.")],
        "metrics": [
            .init(
                "metrics --to /var/lib/prometheus/node-exporter/pnbook.prom",
                "Leaves the metrics where node_exporter reads them."
            )
        ],
        "service": [
            .init("service", "Prints the units, to be read first."),
            .init("service --to /etc/systemd/system --at 03:30", "Writes them."),
        ],
        "config show": [.init("config show", "Every setting, and where it comes from.")],
        "manual": [.init("manual | man -l -", "Reads this page without installing it.")],
    ]
}
