/// The documents of the verbs for the administrator.
extension SchemaCatalogue {
    static let operatingDocuments: [(name: String, title: String, schema: JSONSchema)] = [
        (
            "migrate-plan", "pnbook migrate plan --json",
            result([
                "steps": .list(
                    of: .object([
                        "migration": .integer.orNull, "object": .text, "state": .word("absent", "present", "different"),
                        "statements": .list(of: .text),
                    ])),
                "differences": .list(of: .object(["object": .text, "found": .text, "fix": .text.orNull])),
            ])
        ),
        (
            "migrate-up", "pnbook migrate up --json",
            result(
                [
                    "migrations": .list(
                        of: .object([
                            "number": .integer, "name": .text, "method": .word("applied", "adopted"),
                            "finished_at": .definition("instant").orNull,
                        ])), "tables": .list(of: .text),
                ], task: .definition("task_summary").orNull)
        ),
        (
            "migrate-status", "pnbook migrate status --json",
            result([
                "pending": .list(of: .integer),
                "migrations": .list(
                    of: .object([
                        "number": .integer, "name": .text,
                        "state": .word("applied", "adopted", "pending", "half applied", "present", "different"),
                        "finished_at": .definition("instant").orNull, "applied_by": .text.orNull,
                        "differences": .list(of: .text),
                    ])),
            ])
        ),
        (
            "load", "pnbook load --json",
            result(
                [
                    "tables_made": .list(of: .text),
                    "loaded": .list(of: .object(["table": .text, "rows": .count])),
                ], task: .definition("task_summary").orNull)
        ),
        (
            "doctor", "pnbook doctor --json",
            result([
                "findings": .list(
                    of: .object([
                        "topic": .text, "level": .word("ok", "note", "broken"), "found": .text, "fix": .text.orNull,
                        "exit_code": .integer,
                    ])),
                "servers": .list(
                    of: .object([
                        "server": .text, "error": .text.orNull, "version": .text.orNull, "name": .text.orNull,
                        "cluster": .text.orNull, "is_ready": .flag.orNull, "is_read_only": .flag.orNull,
                        "replicates": .list(of: .text), "seconds_behind": .count.orNull,
                        "write_sets_behind": .count.orNull,
                    ])),
            ])
        ),
        (
            "config-show", "pnbook config show --json",
            result([
                "file": .text.orNull,
                "settings": .list(of: .object(["setting": .text, "value": .text.orNull, "from": .text.orNull])),
            ])
        ),
        (
            "metrics", "pnbook metrics --json",
            result([
                "metrics": .list(of: .object(["name": .text, "labels": .map(of: .text), "value": .number])),
                "file": .text.orNull,
            ])
        ),
        (
            "service", "pnbook service --json",
            result([
                "service": .text, "timer": .text.orNull, "socket": .text.orNull, "warnings": .list(of: .text),
            ])
        ),
    ]
}
