import ErrorModel
import Operations
import Tasks

/// What several documents have in common (<doc:JSONOutput#Shared-objects>).
extension SchemaCatalogue {
    static let parts: [String: JSONSchema] = [
        "instant": .pattern(#"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"#).described("ISO 8601, UTC, milliseconds"),
        "digest": .pattern("^sha256:[0-9a-f]{64}$"),
        "error": .object(["code": .integer, "kind": .word(kinds), "message": .text, "fix": .text.orNull]),
        "failure": .object([
            "schema": .exactly(JSONDocument.schema), "task": .definition("task_summary").orNull,
            "error": .definition("error"),
        ]),
        "task_summary": .object([
            "id": .text, "type": .text, "status": .definition("task_status"), "triggered_by": .text,
            "started_at": .definition("instant"), "completed_at": .definition("instant").orNull,
        ]),
        "task_status": .word(TaskStatus.allCases.map(\.rawValue)),
        "book_reference": .object(["id": .integer, "version": .text]),
        "book_pin": .object(["note": .text, "by": .text, "at": .definition("instant")]),
        "lot": .object(["lot_name": .text, "is_primary_pn": .flag, "description": .text.orNull]),
        "item": item,
        "retention": .object([
            "kept": .list(of: .definition("retention_decision")),
            "removed": .list(of: .definition("retention_decision")),
            "held": .list(of: .definition("retention_decision")), "plan_hash": .text.orNull,
        ]),
        "retention_decision": .object([
            "id": .integer.orNull, "version": .text, "reasons": .list(of: .text),
        ]),
        "check": .object([
            "check": .text, "result": .word("ok", "broken", "not_checked"), "message": .text,
        ]),
        "full_task": .object([
            "id": .text, "type": .text, "status": .definition("task_status"), "progress": .count, "message": .text,
            "result": .anything, "error_message": .text.orNull, "triggered_by": .text,
            "created_at": .definition("instant"), "started_at": .definition("instant").orNull,
            "completed_at": .definition("instant").orNull, "host": .text.orNull, "pid": .integer.orNull,
            "heartbeat_at": .definition("instant").orNull, "cancel_requested_by": .text.orNull,
            "exit_code": .integer.orNull,
        ]),
    ]

    private static let kinds = ErrorCategory.allCases.map(\.rawValue) + ["warnings"]

    static let item = JSONSchema.object([
        "partnumber": .text, "lot_name": .text, "is_primary_pn": .flag, "description": .text.orNull,
    ])
}
