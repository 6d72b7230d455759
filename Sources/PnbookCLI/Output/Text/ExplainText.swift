import ErrorModel
import Operations
import PartnumberBooks

extension Explanation {
    /// What became of each row, then the resulting items.
    func text(of partnumber: String, _ style: TextStyle) -> DisplayText {
        let name: DisplayText = "Part number \(partnumber.escapedForDisplay)"
        if rows.isEmpty { return "\(name) is in no row of the catalogue.\n" }
        let head: DisplayText = "\(name): \(rows.count.counted("row")) of the catalogue.\n"
        let texts = rows.enumerated().map { index, row in "\n\(row.text(index + 1))" as DisplayText }
        return "\(head)\(texts.joined())\n\(summary(style))"
    }

    private func summary(_ style: TextStyle) -> DisplayText {
        if rows.contains(where: \.isRefused) { return "No book can be made of the catalogue as it is.\n" }
        if items.isEmpty { return "A book made now would not have it.\n" }
        var table = TextTable([.left, .left, .left, .left, .left], indent: "  ")
        for made in items {
            table.add(
                DisplayText(made.item.partnumber.escapedForDisplay), DisplayText(made.item.lotName.escapedForDisplay),
                made.item.flag, made.item.shortDescription, made.origin)
        }
        let head: DisplayText = "A book made now would have \(items.count.counted("item")) of it:\n"
        let lines = conflicts.map { name -> DisplayText in
            "  Its rows disagree on the LOTs of \(name.escapedForDisplay); the book has them all (a conflict).\n"
        }
        return "\(head)\(table.text(style))\(lines.joined())"
    }
}

extension ExplainedRow {
    fileprivate var isRefused: Bool {
        if case .refused = outcome { true } else { false }
    }

    fileprivate func text(_ number: Int) -> DisplayText {
        let primary: DisplayText = isPrimary ? "primary" : "not primary"
        let head: DisplayText =
            "  row \(number): vendor \(vendor.escapedForDisplay), part number \(partnumber.escapedForDisplay), "
            + "LOT \(lot?.escapedForDisplay ?? "NULL"), \(primary), "
            + "description \(description?.escapedForDisplay(upTo: 60) ?? "NULL")\n"
        let lines = (bundle?.outline ?? []).map { "      \($0.text)\n" as DisplayText }
        return "\(head)    \(outcomeText)\n\(lines.joined())"
    }

    private var outcomeText: DisplayText {
        switch outcome {
        case .kept:
            guard let bundle, let lots = bundle.lots else { return "kept" }
            return bundle.losesQuantity
                ? "kept: its LOT is a bundle of \(lots.counted("LOT")) and loses a quantity"
                : "kept: its LOT is a bundle of \(lots.counted("LOT"))"
        case .excluded(let reason): return "left out, \(reason.rawValue): \(explanation(of: reason))"
        case .refused(let error): return "refused: \(ErrorReport(of: error).text)"
        }
    }

    private func explanation(of reason: ExclusionReason) -> DisplayText {
        switch reason {
        case .emptyPartnumber: "its part number is blank"
        case .emptyLot: "it has no LOT"
        case .ignored: "qt_vendor_partnumber_seen ignores it by \(ignoredBy.map(\.text).joined(separator: ", "))"
        case .emptyBundle: "its LOT is a bundle without any LOT"
        }
    }
}

extension SeenRule {
    fileprivate var text: DisplayText {
        isPattern ? "the pattern \(partnumber.escapedForDisplay)" : DisplayText(partnumber.escapedForDisplay)
    }
}

extension BundleLine {
    fileprivate var text: DisplayText {
        let name = String(repeating: "  ", count: depth - 1) + lot.escapedForDisplay
        let times: DisplayText =
            quantity.map { losesQuantity ? " x \($0.short), which a book cannot hold" : "" } ?? ""
        let what: DisplayText = isBundle ? isRepeated ? ", a bundle listed above" : ", a bundle:" : ""
        return "\(name)\(times)\(what)"
    }
}

extension ExplainedItem {
    /// The rows that it comes from, and the one whose description it has.
    fileprivate var origin: DisplayText {
        guard let first = rows.first else { return "" }
        let merged: DisplayText =
            rows.count > 1
            ? "; merged into it: \(rows.dropFirst().map { String($0 + 1) }.joined(separator: ", "))" : ""
        let described: DisplayText =
            descriptionRow.map { $0 == first ? "" : "; description of row \($0 + 1)" } ?? ""
        return "from row \(first + 1)\(merged)\(described)"
    }
}

extension StoredItem {
    fileprivate var flag: DisplayText { isPrimary ? "primary" : "not primary" }
    fileprivate var shortDescription: DisplayText {
        description.map { DisplayText($0.escapedForDisplay(upTo: 60)) } ?? "no description"
    }
}

extension PartnumberHistory {
    /// The newest books first; consecutive books with the same items in one paragraph.
    func text(_ style: TextStyle) -> DisplayText {
        let method: DisplayText =
            spellings.map { "looked up in \($0.count.counted("spelling"))" } ?? "every item read"
        if spans.isEmpty { return "There are no books yet.\n" }
        if spans.allSatisfy(\.items.isEmpty) {
            return "It is in no book: \(spans.map(\.books.count).reduce(0, +).counted("book")), \(method).\n"
        }
        let head: DisplayText = "In the books, newest first (\(method)):\n"
        let texts = spans.enumerated().map { index, span in
            "\n\(span.text(style, isNewest: index == 0))" as DisplayText
        }
        return "\(head)\(texts.joined())"
    }
}

extension PartnumberHistory.Span {
    fileprivate func text(_ style: TextStyle, isNewest: Bool) -> DisplayText {
        guard let newest = books.first, let oldest = books.last else { return "" }
        let span: DisplayText =
            if books.count == 1 {
                DisplayText(newest.version)
            } else if isNewest {
                "since \(oldest.version), \(books.count.counted("book"))"
            } else {
                "\(oldest.version) to \(newest.version), \(books.count.counted("book"))"
            }
        let active: DisplayText =
            books.first(where: \.isActive).map { books.count == 1 ? ", active" : ", \($0.version) active" } ?? ""
        if items.isEmpty { return "  \(span)\(active): not in it\n" }
        var table = TextTable([.left, .left, .left, .left], indent: "    ")
        for item in items {
            table.add(
                DisplayText(item.partnumber.escapedForDisplay), DisplayText(item.lotName.escapedForDisplay),
                item.flag, item.shortDescription)
        }
        return "  \(span)\(active):\n\(table.text(style))"
    }
}

extension Double {
    /// `2` and `0.5`.
    fileprivate var short: String { self == rounded() && magnitude < 1e15 ? String(Int64(self)) : String(self) }
}
