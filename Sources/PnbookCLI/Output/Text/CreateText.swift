import ErrorModel
import Operations
import PartnumberBooks

extension CreateReport {
    /// A summary to read in five seconds: what is active now, what went in, what was left out and why, what was removed.
    func text(_ style: TextStyle) -> DisplayText {
        let head: DisplayText =
            if isUnchanged {
                "\(isDryRun ? "Dry run, unchanged" : "Unchanged"): a new book would equal \(book.version) (id \(book.id)), "
                    + "which is active; nothing was published."
            } else if isDryRun {
                "Dry run: \(book.version) would become active; nothing was written."
            } else {
                "\(book.version) (id \(book.id)) is active."
            }
        var table = TextTable([.left, .right, .left], indent: "  ")
        table.add(
            "read", tallies.rows.grouped,
            "\(tallies.rows.noun("mapping")), \(tallies.bundles.counted("bundle")), "
                + "\(tallies.ignoreRules.counted("ignore rule"))")
        table.add("left out", tallies.excluded.total.grouped, reasons)
        table.add("expanded", tallies.expandedRows.grouped, "\(tallies.expandedRows.noun("row")) of bundles" + losses)
        table.add("merged", tallies.mergedDuplicates.grouped, "duplicate \(tallies.mergedDuplicates.noun("item"))")
        table.add(
            "conflicts", tallies.conflicts.grouped, "\(tallies.conflicts.noun("part number")) with different LOTs")
        table.add(
            "in the book", book.items.grouped, "\(book.items.noun("item")), \(book.partnumbers.counted("part number"))")
        if let kept = retention.plan?.kept.count { table.add("kept", kept.grouped, kept.noun("book").string) }
        for entry in retention.removed {
            table.add(isDryRun ? "to remove" : "removed", String(entry.book.id), Self.line(entry))
        }
        for entry in retention.held { table.add("held back", String(entry.book.id), Self.line(entry)) }
        let notes = warnings.map { warning -> DisplayText in
            "  warning: \(warning.text { ErrorReport(of: $0).text })\n"
        }
        return "\(head)\n\n\(table.text(style))\n  \(book.digest)\n" + (notes.isEmpty ? "" : "\n" + notes.joined())
    }

    /// A book with the first of its reasons; `--json` and the task's result have all of them.
    private static func line(_ entry: PrunePlan.Entry) -> String {
        entry.book.version + (entry.reasons.first.map { ": " + $0 } ?? "")
    }

    private var losses: String {
        tallies.quantitiesDropped > 0 ? ", \(tallies.quantitiesDropped.grouped) of them lose a quantity" : ""
    }

    private var reasons: String {
        let excluded = tallies.excluded
        let parts = [
            (excluded.emptyPartnumber, "without a part number"), (excluded.emptyLot, "without a LOT"),
            (excluded.ignored, "ignored"), (excluded.emptyBundle, "of an empty bundle"),
        ].filter { $0.0 > 0 }
        return parts.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    }
}
