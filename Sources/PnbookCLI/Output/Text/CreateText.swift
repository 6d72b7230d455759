import ErrorModel
import Operations
import PartnumberBooks

extension CreateReport {
    /// A summary to read in five seconds: what is active now, what that changes, what went in, what was left out and why, what was
    /// removed.
    func text(_ style: TextStyle) -> DisplayText {
        let head: DisplayText =
            if isUnchanged {
                isDryRun
                    ? "Dry run, unchanged: a new book would equal \(book.version) (id \(book.id)), which is active; nothing was "
                        + "published."
                    : "Unchanged: a new book would equal \(book.version) (id \(book.id)), which is active; nothing was published."
            } else if isDryRun {
                "Dry run: \(book.version) would become active; nothing was written."
            } else {
                "\(book.version) (id \(book.id)) is active."
            }
        var table = RunTally.Counted(tallies: tallies, isMerged: true, changes: changes).table
        if let kept = retention.plan?.kept.count { table.add("kept", DisplayText(kept.grouped), kept.noun("book")) }
        for entry in retention.removed {
            table.add(isDryRun ? "to remove" : "removed", DisplayText(String(entry.book.id)), line(entry))
        }
        for entry in retention.held {
            table.add("held back", DisplayText(String(entry.book.id)), line(entry))
        }
        return "\(head)\n\(news(changes))\n\(table.text(style))\n  \(book.digest)\n\(Self.text(of: warnings))"
    }

    private func news(_ changes: BookChanges?) -> DisplayText {
        guard let changes, !isUnchanged else { return "" }
        return "\(changes.sentence)\n"
    }

    /// A book and why it goes, in short; `--json` and the task's result have all of the reasons.
    private func line(_ entry: PrunePlan.Entry) -> DisplayText {
        guard let successor = entry.successor else {
            return entry.words.first.map { "\(entry.book.version): \($0)" } ?? DisplayText(entry.book.version)
        }
        let newer: DisplayText =
            retention.plan?.kept.first { $0.book.id == successor }.map { DisplayText($0.book.version) }
            ?? "book \(successor)"
        return "\(entry.book.version): \(newer) is newer and takes its place"
    }

    fileprivate static func text(of warnings: [CreateWarning]) -> DisplayText {
        if warnings.isEmpty { return "" }
        let lines = warnings.map { warning -> DisplayText in
            "  warning: \(warning.text { ErrorReport(of: $0).text })\n"
        }
        return "\n\(lines.joined())"
    }
}

extension FailedCreation {
    /// The same table as of a success, below what has become of the run; the error itself is told on standard error.
    func text(isDryRun: Bool, _ style: TextStyle) -> DisplayText {
        let news: DisplayText = counted.changes.map { "\($0.sentence)\n" } ?? ""
        let digest: DisplayText = counted.isMerged ? "\n  \(counted.tallies.digest)\n" : ""
        let warnings = CreateReport.text(of: CreateReport.warnings(counted.tallies, .notDue))
        return "\(head(isDryRun: isDryRun))\n\(news)\n\(counted.table.text(style))\(digest)\(warnings)"
    }

    private func head(isDryRun: Bool) -> DisplayText {
        if isDryRun, category == .refused { return "Dry run: this book would be refused; nothing was written." }
        if isDryRun { return "Dry run: it failed after the catalogue was read; nothing was written." }
        if cause is OutcomeUnknown { return "Failed: it is not known whether this book was published." }
        return switch category {
        case .refused: "Refused: this book was not published."
        case .interrupted, .terminated: "Cancelled: this book was not published."
        default: "Failed: this book was not published."
        }
    }
}

extension RunTally.Counted {
    /// What was read, what was left out and why, and what the book has.
    var table: TextTable {
        var table = TextTable([.left, .right, .left], indent: "  ")
        table.add(
            "read", DisplayText(tallies.rows.grouped),
            "\(tallies.rows.noun("mapping")), \(tallies.bundles.counted("bundle")), "
                + "\(tallies.ignoreRules.counted("ignore rule"))")
        table.add("left out", DisplayText(tallies.excluded.total.grouped), tallies.excluded.total.noun("mapping"))
        let reasons = tallies.excluded.reasons
        for reason in reasons { table.add("", DisplayText(reason.count.grouped), reason.words) }
        table.add(
            "expanded", DisplayText(tallies.expandedRows.grouped), "\(tallies.expandedRows.noun("mapping")) to a bundle"
        )
        if tallies.quantitiesDropped > 0 {
            table.add(
                "", DisplayText(tallies.quantitiesDropped.grouped),
                "with a quantity other than 1, which a book does not hold")
        }
        guard isMerged else { return table }
        table.add(
            "merged", DisplayText(tallies.mergedDuplicates.grouped),
            "duplicate \(tallies.mergedDuplicates.noun("item"))")
        table.add(
            "conflicts", DisplayText(tallies.conflicts.grouped),
            "\(tallies.conflicts.noun("part number")) with different LOTs")
        table.add(
            "in the book", DisplayText(tallies.items.grouped),
            "\(tallies.items.noun("item")), \(tallies.partnumbers.counted("part number"))")
        return table
    }
}
