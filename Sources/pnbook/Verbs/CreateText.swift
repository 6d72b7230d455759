import PartnumberBooks

extension CreateReport {
    /// What an admin reads in five seconds: what is active now, what went in, what was left out and why, what was
    /// removed.
    var text: String {
        var text =
            isDryRun
            ? "Dry run: \(book.version) would become active; nothing was written.\n\n"
            : "\(book.version) (id \(book.id)) is active.\n\n"
        var table = TextTable([.left, .right, .left], indent: "  ")
        table.add(
            "read", tallies.rows.grouped,
            "mappings, \(tallies.bundles.grouped) bundles, "
                + "\(tallies.ignoreRules.grouped) ignore rules")
        table.add("left out", tallies.excluded.total.grouped, reasons)
        table.add(
            "expanded", tallies.expandedRows.grouped,
            "rows of bundles"
                + (tallies.quantitiesDropped > 0
                    ? ", \(tallies.quantitiesDropped.grouped) of them lose a quantity" : ""))
        table.add("merged", tallies.mergedDuplicates.grouped, "duplicate items")
        table.add(
            "conflicts", tallies.conflicts.grouped,
            tallies.conflicts > 0
                ? "part numbers with different LOTs: " + conflictNames : "part numbers with different LOTs")
        table.add("book", book.items.grouped, "items, \(book.partnumbers.grouped) part numbers")
        table.add("kept", (retention.plan?.kept.count ?? 0).grouped, "books")
        table.add(
            isDryRun ? "would go" : "removed", retention.removed.count.grouped,
            retention.removed.map(\.book.version).joined(separator: ", "))
        if !retention.held.isEmpty {
            table.add(
                "held back", retention.held.count.grouped, retention.held.map(\.book.version).joined(separator: ", "))
        }
        text += table.text
        text += "\n  \(book.digest)\n"
        if !warnings.isEmpty {
            text += "\nWarnings\n" + warnings.map { "  - \(TextTable.visible($0))\n" }.joined()
        }
        return text
    }

    private var reasons: String {
        let excluded = tallies.excluded
        let parts = [
            (excluded.emptyPartnumber, "without a part number"), (excluded.emptyLot, "without a LOT"),
            (excluded.ignored, "ignored"), (excluded.emptyBundle, "of an empty bundle"),
        ].filter { $0.0 > 0 }
        return parts.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    }

    private var conflictNames: String {
        let shown = tallies.conflictSample.prefix(3).joined(separator: ", ")
        return tallies.conflicts > 3 ? shown + ", …" : shown
    }
}
