/// The documents of the verbs that show and change tasks, in the program's own form and in the host's
/// (<doc:TaskModel#The-hosts-view>).
extension SchemaCatalogue {
    static let taskDocuments: [(name: String, title: String, schema: JSONSchema)] = [
        ("task-list", "pnbook task list --json", result(["tasks": .list(of: .definition("full_task"))])),
        ("task-show", "pnbook task show --json", result([:], task: .definition("full_task"))),
        ("task-watch", "pnbook task watch --json", result([:], task: .definition("full_task"))),
        ("task-cancel", "pnbook task cancel --json", result([:], task: .definition("full_task"))),
        ("task-clean", "pnbook task clean --json", result(["removed": .count])),
        ("host-task", "pnbook task show --format priceforge", hostTask),
        ("host-task-list", "pnbook task list --format priceforge", .list(of: .definition("host-task"))),
    ]

    private static let hostTask = JSONSchema.object([
        "id": .text, "type": .text, "status": .word("running", "completed", "error"), "progress": .count,
        "message": .text, "result": .anything, "error": .text.orNull, "created_at": .definition("instant"),
        "done_at": .definition("instant").orNull,
    ])

    /// What is printed line by line.
    static let lines: [(name: String, title: String, schema: JSONSchema)] = [
        ("item", "A line of a book as NDJSON", item),
        (
            "progress", "A line of --progress json",
            .anyOf(
                .object([
                    "type": .word("progress"), "phase": .text, "percent": .count, "message": .text,
                ]),
                .object([
                    "type": .word("task_status"), "source": .word("partnumber_books"), "task": .text, "task_id": .text,
                    "active": .flag, "started_at": .definition("instant").orNull,
                    "finished_at": .definition("instant").orNull, "success": .flag.orNull,
                ]))
        ),
        (
            "failure", "What a command prints under --json that fails before it has a result",
            parts["failure"] ?? .anything
        ),
    ]
}
