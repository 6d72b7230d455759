import ErrorModel
import Operations
import PartnumberBooks

extension VerifyReport {
    /// One line for each promise of all books together and for each book; lines of their own for what is broken.
    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left, .left])
        for finding in allBooks {
            table.add(finding.mark, finding.invariant.label, finding.text)
        }
        for book in books { book.add(to: &table) }
        if let catalogue {
            table.add(
                catalogue.mark, catalogue.invariant.label, catalogue.text)
        }
        let verdict: DisplayText =
            broken.isEmpty
            ? "Everything holds."
            : "\(broken.count.counted("promise")) \(broken.count == 1 ? "is" : "are") broken."
        return table.text(style) + "\n" + verdict + "\n"
    }
}

extension BookFindings {
    fileprivate func add(to table: inout TextTable) {
        let broken = findings.filter { $0.result == .broken }
        let name: DisplayText = "book \(id)"
        var summary: DisplayText =
            "\(version): \(measure.items.counted("item")) of \(measure.partnumbers.counted("part number"))"
        for finding in findings where finding.invariant == .record && finding.result != .broken {
            summary = "\(summary), \(finding.message)"
        }
        table.add(broken.isEmpty ? "ok" : "BROKEN", name, summary)
        for finding in broken {
            table.add("", "  \(finding.invariant.label)", finding.text)
        }
        for note in notes { table.add("", "  note", note) }
    }
}

extension Finding {
    fileprivate var mark: DisplayText {
        switch result {
        case .ok: "ok"
        case .broken: "BROKEN"
        case .notChecked: "-"
        }
    }

    /// What was found, and what to do about it.
    var text: DisplayText { ErrorReport.joined(message, remedy?.sentence) }

    /// By itself, on a line of a log.
    var sentence: DisplayText { "broken: \(invariant.label): \(text)" }
}

extension Invariant {
    /// For people: the name in JSON with blanks.
    var label: DisplayText {
        switch self {
        case .activeBook: "active book"
        case .headers: "headers"
        case .ids: "ids"
        case .headersHaveItems: "headers have items"
        case .itemsHaveHeaders: "items have headers"
        case .pins: "pins"
        case .readerLag: "reader"
        case .encoding: "encoding"
        case .names: "names"
        case .lengths: "lengths"
        case .flags: "flags"
        case .descriptions: "descriptions"
        case .duplicates: "duplicates"
        case .record: "record"
        case .catalogue: "catalogue"
        }
    }
}
