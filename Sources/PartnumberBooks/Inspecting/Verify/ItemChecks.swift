import Database
import ErrorModel

/// What each item of a book must be, whatever its neighbours are.
struct ItemChecks {
    /// How often something was found, and where first.
    struct Flaw {
        private(set) var count = 0
        private(set) var first: DisplayText = ""

        mutating func add(_ example: @autoclosure () -> DisplayText) {
            if count == 0 { first = example() }
            count += 1
        }
    }

    private(set) var encoding = Flaw()
    private(set) var names = Flaw()
    private(set) var lengths = Flaw()
    private(set) var flags = Flaw()
    private(set) var descriptions = Flaw()

    /// Looks at one row of the reader's statement: PN, LOT, flag, description.
    mutating func look(at row: Row) {
        let (partnumber, lot) = (row.utf8(0), row.utf8(1))
        let description = row.utf8(3)
        if let (column, flaw) = ItemText.flaw(of: row) {
            encoding.add("\(column) of \(Self.quoted(row)), which \(flaw.predicate)")
            // Whether such a text is empty or how long it is adds nothing.
            return
        }
        if !Self.isName(partnumber) || !Self.isName(lot) { names.add(Self.quoted(row)) }
        if !ColumnLimit.partnumber.holds(partnumber) || !ColumnLimit.lot.holds(lot)
            || !ColumnLimit.description.holds(description)
        {
            lengths.add(Self.quoted(row))
        }
        if row.number(2) != 0 && row.number(2) != 1 { flags.add("\(row.text(2) ?? "NULL") of \(Self.quoted(row))") }
        if let description, Whitespace.trimmed(description).isEmpty { descriptions.add(Self.quoted(row)) }
    }

    /// Neither empty nor with blanks around it; NULL is not a name.
    private static func isName(_ text: UnsafeRawBufferPointer?) -> Bool {
        guard let text, !text.isEmpty else { return false }
        return Whitespace.trimmed(text).count == text.count
    }

    private static func quoted(_ row: Row) -> DisplayText {
        "part number \(Excerpt.quoted(row.text(0))) with LOT \(Excerpt.quoted(row.text(1)))"
    }

    // MARK: In words

    /// - Parameter remedy: what to do about this book.
    func findings(_ remedy: Remedy) -> [Finding] {
        [
            Self.finding(.encoding, encoding, "each text is UTF-8", "a value that is not text in UTF-8", remedy),
            Self.finding(
                .names, names, "part numbers and LOTs are trimmed, and none is empty",
                "a part number or a LOT that is empty or has blanks around it", remedy),
            Self.finding(
                .lengths, lengths, "no text is longer than clients hold", "a text longer than clients hold", remedy),
            Self.finding(
                .flags, flags, "each is_primary_pn is 0 or 1", "an is_primary_pn that is neither 0 nor 1", remedy),
            Self.finding(
                .descriptions, descriptions, "no description is blank", "a description that is blank instead of NULL",
                remedy),
        ]
    }

    private static func finding(
        _ promise: Invariant, _ flaw: Flaw, _ good: DisplayText, _ bad: DisplayText, _ remedy: Remedy
    ) -> Finding {
        if flaw.count == 0 { return .ok(promise, good) }
        return .broken(
            promise,
            flaw.count == 1
                ? "1 item has \(bad), first \(flaw.first)" : "\(flaw.count) items have \(bad), first \(flaw.first)",
            fix: remedy)
    }
}

extension ColumnLimit {
    fileprivate func holds(_ text: UnsafeRawBufferPointer?) -> Bool {
        text.map { holds($0) } ?? true
    }
}
