import ErrorModel
import Operations
import PartnumberBooks

extension Explanation {
    /// What became of each row, then the resulting items.
    func text(of partnumber: String, _ style: TextStyle) -> DisplayText {
        let name = "Part number \(partnumber.escapedForDisplay)"
        if rows.isEmpty { return "\(name) is in no row of the catalogue.\n" }
        var text: DisplayText = "\(name): \(rows.count.counted("row")) of the catalogue.\n"
        for (index, row) in rows.enumerated() { text += "\n" + row.text(index + 1) }
        return text + "\n" + summary(style)
    }

    private func summary(_ style: TextStyle) -> DisplayText {
        if rows.contains(where: \.isRefused) { return "No book can be made of the catalogue as it is.\n" }
        if items.isEmpty { return "A book made now would not have it.\n" }
        var table = TextTable([.left, .left, .left, .left, .left], indent: "  ")
        for made in items {
            table.add(
                DisplayText(made.item.partnumber.escapedForDisplay), DisplayText(made.item.lotName.escapedForDisplay),
                DisplayText(made.item.flag), DisplayText(made.item.shortDescription), DisplayText(made.origin))
        }
        var text: DisplayText = "A book made now would have \(items.count.counted("item")) of it:\n\(table.text(style))"
        for name in conflicts {
            text +=
                "  Its rows disagree on the LOTs of \(name.escapedForDisplay); the book has them all (a conflict).\n"
        }
        return text
    }
}

extension ExplainedRow {
    fileprivate var isRefused: Bool {
        if case .refused = outcome { true } else { false }
    }

    fileprivate func text(_ number: Int) -> DisplayText {
        var text: DisplayText =
            "  row \(number): vendor \(vendor.escapedForDisplay), part number \(partnumber.escapedForDisplay), "
        text += "LOT \(lot?.escapedForDisplay ?? "NULL"), \(isPrimary ? "primary" : "not primary"), "
        text += "description \(description?.escapedForDisplay(upTo: 60) ?? "NULL")\n"
        text += "    \(outcomeText)\n"
        for line in bundle?.outline ?? [] { text += "      \(line.text)\n" }
        return text
    }

    private var outcomeText: String {
        switch outcome {
        case .kept:
            guard let bundle, let lots = bundle.lots else { return "kept" }
            return "kept: its LOT is a bundle of \(lots.counted("LOT"))"
                + (bundle.losesQuantity ? " and loses a quantity" : "")
        case .excluded(let reason): return "left out, \(reason.rawValue): \(explanation(of: reason))"
        case .refused(let error): return "refused: \(ErrorReport(of: error).text)"
        }
    }

    private func explanation(of reason: ExclusionReason) -> String {
        switch reason {
        case .emptyPartnumber: "its part number is blank"
        case .emptyLot: "it has no LOT"
        case .ignored: "qt_vendor_partnumber_seen ignores it by " + ignoredBy.map(\.text).joined(separator: ", ")
        case .emptyBundle: "its LOT is a bundle without any LOT"
        }
    }
}

extension SeenRule {
    fileprivate var text: String { (isPattern ? "the pattern " : "") + partnumber.escapedForDisplay }
}

extension BundleLine {
    fileprivate var text: String {
        var text = String(repeating: "  ", count: depth - 1) + lot.escapedForDisplay
        if let quantity, losesQuantity { text += " x \(quantity.short), which a book cannot hold" }
        if isBundle { text += isRepeated ? ", a bundle listed above" : ", a bundle:" }
        return text
    }
}

extension ExplainedItem {
    /// The rows that it comes from, and the one whose description it has.
    fileprivate var origin: String {
        guard let first = rows.first else { return "" }
        var text = "from row \(first + 1)"
        if rows.count > 1 {
            text += "; merged into it: \(rows.dropFirst().map { String($0 + 1) }.joined(separator: ", "))"
        }
        if let descriptionRow, descriptionRow != first { text += "; description of row \(descriptionRow + 1)" }
        return text
    }
}

extension StoredItem {
    fileprivate var flag: String { isPrimary ? "primary" : "not primary" }
    fileprivate var shortDescription: String { description?.escapedForDisplay(upTo: 60) ?? "no description" }
}

extension PartnumberHistory {
    /// The newest books first; consecutive books with the same items in one paragraph.
    func text(_ style: TextStyle) -> DisplayText {
        let method = spellings.map { "looked up in \($0.count.counted("spelling"))" } ?? "every item read"
        if spans.isEmpty { return "There are no books yet.\n" }
        if spans.allSatisfy(\.items.isEmpty) {
            return "It is in no book: \(spans.map(\.books.count).reduce(0, +).counted("book")), \(method).\n"
        }
        var text: DisplayText = "In the books, newest first (\(method)):\n"
        for (index, span) in spans.enumerated() { text += "\n" + span.text(style, isNewest: index == 0) }
        return text
    }
}

extension PartnumberHistory.Span {
    fileprivate func text(_ style: TextStyle, isNewest: Bool) -> DisplayText {
        guard let newest = books.first, let oldest = books.last else { return "" }
        let span =
            if books.count == 1 {
                newest.version
            } else if isNewest {
                "since \(oldest.version), \(books.count.counted("book"))"
            } else {
                "\(oldest.version) to \(newest.version), \(books.count.counted("book"))"
            }
        let active =
            books.first(where: \.isActive).map { books.count == 1 ? ", active" : ", \($0.version) active" } ?? ""
        if items.isEmpty { return "  \(span)\(active): not in it\n" }
        var table = TextTable([.left, .left, .left, .left], indent: "    ")
        for item in items {
            table.add(
                DisplayText(item.partnumber.escapedForDisplay), DisplayText(item.lotName.escapedForDisplay),
                DisplayText(item.flag), DisplayText(item.shortDescription))
        }
        return "  \(span)\(active):\n\(table.text(style))"
    }
}

extension Double {
    /// `2` and `0.5`.
    fileprivate var short: String { self == rounded() && magnitude < 1e15 ? String(Int64(self)) : String(self) }
}
