import Database
import ErrorModel

/// The promises of one book: its items as the reader's own statement hands them out, each looked at once.
struct BookCheck {
    /// Inside a snapshot.
    let reader: any Connection
    let header: RawBookHeader
    /// What was recorded when the book was made; nil for another program's book.
    let recorded: LedgerSnapshot.Entry?

    func findings() throws -> BookFindings {
        var checks = ItemChecks()
        var follower = BookMeter()
        var duplicates = ItemChecks.Flaw()
        var isInOrder = true
        let memory = NumberText()
        let items = BookRepository(reader).items
        try items.forEachRowAsReader(in: header.id) { row in
            checks.look(at: row)
            guard isInOrder else { return }
            let item = BookItem(row, memory)
            switch follower.add(item) {
            case .after: break
            case .same: duplicates.add(item.name)
            case .before: isInOrder = false
            }
        }
        var notes: [DisplayText] = []
        if !isInOrder {
            notes.append("the items arrive in another order than the book's; SQL promises none without ORDER BY")
            (follower, duplicates) = (BookMeter(), ItemChecks.Flaw())
            try items.forEachItem(in: header.id) { item in
                if follower.add(item) == .same { duplicates.add(item.name) }
            }
        }
        let measure = follower.finish()
        let findings = checks.findings(remedy) + [duplicateFinding(duplicates), recordFinding(measure)]
        return BookFindings(
            id: header.id, version: header.versionText, isActive: header.isActive, measure: measure,
            recordedDigest: recorded?.digest, findings: findings, notes: notes)
    }

    private func duplicateFinding(_ flaw: ItemChecks.Flaw) -> Finding {
        if flaw.count == 0 { return .ok(.duplicates, "no item appears twice") }
        return .broken(
            .duplicates,
            flaw.count == 1
                ? "1 item repeats an earlier one, first \(flaw.first)"
                : "\(flaw.count) items repeat an earlier one, first \(flaw.first)",
            fix: remedy)
    }

    private func recordFinding(_ measure: BookSummary) -> Finding {
        guard let recorded else { return .notChecked(.record, "nothing was recorded: another program made this book") }
        // Reported once, for all books together.
        if measure.items == 0 { return .notChecked(.record, "it has no items") }
        if measure.items != recorded.items || measure.partnumbers != recorded.partnumbers {
            return .broken(
                .record,
                "\(measure.items) items of \(measure.partnumbers) part numbers exist, and \(recorded.items) of "
                    + "\(recorded.partnumbers) were published", fix: remedy)
        }
        if measure.digest != recorded.digest {
            return .broken(
                .record,
                "as many items exist as were published, but their texts differ: \(measure.digest) instead of "
                    + "\(recorded.digest)", fix: remedy)
        }
        return .ok(.record, "as published")
    }

    private var remedy: Remedy {
        header.isActive
            ? .createBook(replacing: header.name.string)
            : .text("Do not activate \(header.name); retention removes it in time")
    }
}

extension BookItem {
    fileprivate var name: DisplayText {
        "part number \(Excerpt.quoted(String(decoding: partnumber, as: UTF8.self))) with LOT "
            + "\(Excerpt.quoted(String(decoding: lot, as: UTF8.self)))"
    }
}
