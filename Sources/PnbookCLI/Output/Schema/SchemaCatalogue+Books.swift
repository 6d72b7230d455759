import PartnumberBooks

/// The documents of the verbs that work on books.
extension SchemaCatalogue {
    static let bookDocuments: [(name: String, title: String, schema: JSONSchema)] = [
        ("create", "pnbook create --json", result(created, task: .definition("task_summary").orNull)),
        (
            "list", "pnbook list --json",
            result(["books": .list(of: .object(listed)), "warnings": .list(of: .text)])
        ),
        ("show", "pnbook show --json", result(shown)),
        (
            "diff", "pnbook diff --json",
            result([
                "from": .object(["id": .integer.orNull, "version": .text]),
                "to": .object(["id": .integer.orNull, "version": .text]),
                "counts": .object([
                    "same": .count, "added": .count, "removed": .count, "remapped": .count, "changed": .count,
                    "descriptions": .count, "primary_flags": .count,
                ]),
                "changes": .list(
                    of: .object([
                        "partnumber": .text, "change": .word("added", "removed", "remapped", "changed"),
                        "before": .list(of: .definition("lot")), "after": .list(of: .definition("lot")),
                    ])),
            ])
        ),
        ("explain", "pnbook explain --json", result(explained)),
        ("verify", "pnbook verify --json", result(verified)),
        (
            "activate", "pnbook activate --json",
            result(
                [
                    "active": .definition("book_reference"), "items": .count.orNull,
                    "before": .definition("book_reference").orNull,
                ], task: .definition("task_summary").orNull)
        ),
        ("pin", "pnbook pin --json", result(pinned)),
        ("unpin", "pnbook unpin --json", result(pinned)),
        (
            "export", "pnbook export --json",
            result([
                "file": .text, "format": .word(ExportFormat.allCases.map(\.rawValue)),
                "books": .list(
                    of: .object(["id": .integer, "version": .text, "items": .count, "digest": .definition("digest")])),
                "items": .count, "bytes": .count,
                "update": .object(["appended": .count, "refetched": .count, "unchanged": .count]).orNull,
                "active": .text.orNull,
            ])
        ),
        (
            "prune", "pnbook prune --json",
            result(
                ["dry_run": .flag, "needs_approval": .flag, "retention": .definition("retention")],
                task: .definition("task_summary").orNull)
        ),
        ("simulate", "pnbook simulate --json", result(simulated)),
    ]

    private static let header: [String: JSONSchema] = [
        "id": .integer, "version": .text, "created_at": .definition("instant"), "created_by": .text, "is_active": .flag,
    ]

    private static let created: [String: JSONSchema] = [
        "dry_run": .flag, "unchanged": .flag,
        // Of a run that was refused or failed only what it had counted is not null.
        "book": .object([
            "id": .integer.orNull, "version": .text.orNull, "created_at": .definition("instant").orNull,
            "created_by": .text.orNull, "is_active": .flag, "items": .count.orNull, "partnumbers": .count.orNull,
            "digest": .definition("digest").orNull,
        ]),
        "source": .object(["rows": .count, "bundles": .count, "ignore_rules": .count]),
        "excluded": .object([
            "empty_partnumber": .count, "empty_lot": .count, "ignored": .count, "empty_bundle": .count,
        ]),
        "expanded_rows": .count, "merged_duplicates": .count.orNull, "quantities_dropped": .count,
        "conflicts": .object(["count": .count.orNull, "partnumbers": .list(of: .text)]),
        "changes": .object([
            "since": .definition("book_reference"), "added": .count, "removed": .count, "remapped": .count,
            "changed": .count, "unchanged": .count,
        ]).orNull,
        "retention": .definition("retention"), "warnings": .list(of: .text),
    ]

    private static let listed: [String: JSONSchema] = header.merging([
        "is_previous": .flag, "items": .count, "partnumbers": .count.orNull, "digest": .definition("digest").orNull,
        "equals_predecessor": .flag.orNull, "pinned": .definition("book_pin").orNull, "is_kept": .flag.orNull,
        "reasons": .list(of: .text),
    ]) { $1 }

    private static let pinned: [String: JSONSchema] = [
        "id": .integer, "version": .text, "exists": .flag, "changed": .flag, "pinned": .definition("book_pin").orNull,
        "before": .definition("book_pin").orNull, "is_kept": .flag, "reasons": .list(of: .text),
    ]

    private static let shown: [String: JSONSchema] = header.merging([
        "is_previous": .flag, "pinned": .definition("book_pin").orNull,
        "activated": .object(["at": .definition("instant"), "by": .text]).orNull, "items": .count,
        "partnumbers": .count, "digest": .definition("digest"),
        "recorded_digest": .definition("digest").orNull, "task_id": .text.orNull, "is_kept": .flag,
        "reasons": .list(of: .text),
        "forecast": .object([
            "every_days": .count, "observed_days": .count.orNull, "next_book": .definition("instant").orNull,
            "kept_until": .definition("instant").orNull, "last_reasons": .list(of: .text),
            "removal_reasons": .list(of: .text),
        ]).orNull,
    ]) { $1 }

    private static let explained: [String: JSONSchema] = [
        "partnumber": .text,
        "catalogue": .object([
            "rows": .list(
                of: .object([
                    "row": .count, "vendor": .text, "partnumber": .text, "lot_name": .text.orNull,
                    "description": .text.orNull, "is_primary_pn": .flag, "outcome": .text, "error": .text.orNull,
                    "ignored_by": .list(of: .object(["partnumber": .text, "is_pattern": .flag])),
                    "bundle": .object([
                        "lots": .count.orNull, "loses_quantity": .flag,
                        "components": .list(
                            of: .object([
                                "depth": .count, "lot_name": .text, "qty": .number.orNull, "is_bundle": .flag,
                                "is_repeated": .flag,
                            ])),
                    ]).orNull,
                ])),
            "items": .list(
                of: .object([
                    "partnumber": .text, "lot_name": .text, "is_primary_pn": .flag, "description": .text.orNull,
                    "rows": .list(of: .count), "description_row": .count.orNull,
                ])), "conflicts": .list(of: .text),
        ]),
        "books": .object([
            "spellings": .list(of: .text).orNull,
            "runs": .list(
                of: .object([
                    "books": .list(of: .object(["id": .integer, "version": .text, "is_active": .flag])),
                    "items": .list(of: .definition("item")),
                ])),
        ]),
    ]

    private static let verified: [String: JSONSchema] = [
        "holds": .flag, "all_books": .list(of: .definition("check")),
        "books": .list(
            of: .object([
                "id": .integer, "version": .text, "is_active": .flag, "items": .count, "partnumbers": .count,
                "digest": .definition("digest"), "recorded_digest": .definition("digest").orNull,
                "checks": .list(of: .definition("check")), "notes": .list(of: .text),
            ])), "catalogue": .definition("check").orNull,
    ]

    private static let simulated: [String: JSONSchema] = {
        let decision = JSONSchema.object([
            "id": .integer, "created_at": .definition("instant"), "is_active": .flag, "is_previous": .flag,
            "pinned": .text.orNull, "reasons": .list(of: .text),
        ])
        return [
            "now": .definition("instant"), "timezone": .text,
            "policy": .object(["daily": .count, "weekly": .count, "monthly": .count, "yearly": .count]),
            "simulated": .object(["years": .count, "every_days": .count]).orNull, "kept": .list(of: decision),
            "removed": .list(of: decision),
        ]
    }()
}
