package import Database
import FoundationEssentials

/// Finds out of the catalogue why a part number is in a book or not, with the code that makes books.
package struct CatalogueExplainer {
    private let reader: CatalogueReader
    /// Trimmed.
    private let asked: String
    private let isAsked: KeySet
    private let temporaryFolder: String

    /// - Parameters:
    ///   - partnumber: compared by its key.
    ///   - connection: inside a snapshot, so that all is of one instant.
    ///   - temporaryFolder: where the sort may put a temporary file.
    /// - Throws: ``CatalogueSchemaError`` where the tables are not as needed.
    package init(
        of partnumber: String, on connection: any Connection, temporaryFolder: String = TemporaryFolder.path
    ) throws {
        reader = try CatalogueReader(connection)
        asked = partnumber.trimmed
        isAsked = KeySet(NormalizedKey(asked))
        self.temporaryFolder = temporaryFolder
    }

    package func explain() throws -> Explanation {
        let (ignoreRules, ignoredBy) = try ignoreRules()
        let rules = RowRules(ignoreRules: ignoreRules, bundles: try reader.bundles())
        var rows: [OwnedRow] = []
        try reader.forEachMapping { row in
            if isAsked.contains(Whitespace.trimmed(row.partnumber)) { rows.append(OwnedRow(row)) }
        }
        rows.sort(by: OwnedRow.precedes)
        let items = ItemExplainer(sorter: ItemSorter(folder: temporaryFolder))
        let explained = try rows.enumerated().map { index, row in
            try row.withView { view in
                let outcome = try self.outcome(of: view, rules) { try items.append($0, of: index) }
                return ExplainedRow(
                    row, outcome, outcome == .excluded(.ignored) ? ignoredBy : [], bundle(view, outcome, rules))
            }
        }
        let (made, conflicts) = try items.finish()
        return Explanation(rows: explained, items: made, conflicts: conflicts)
    }

    /// The rules of the catalogue, and those of its rows that match the asked part number.
    private func ignoreRules() throws -> (IgnoreRules, [SeenRule]) {
        var rules = IgnoreRules()
        var matching: [SeenRule] = []
        let key = NormalizedKey(asked)
        try reader.forEachIgnoreRule { text, isPattern in
            rules.insert(text, isPattern: isPattern)
            // Most rules need no further look.
            if !isPattern && NormalizedKey(text) != key { return }
            var alone = IgnoreRules()
            alone.insert(text, isPattern: isPattern)
            if alone.matches(asked) { matching.append(SeenRule(partnumber: text, isPattern: isPattern)) }
        }
        return (rules, matching.sorted { $0.partnumber.utf8.lexicographicallyPrecedes($1.partnumber.utf8) })
    }

    private func outcome(
        of row: MappingRow, _ rules: RowRules, _ append: (ItemRecord.Parts) throws -> Void
    ) throws -> ExplainedRow.Outcome {
        do {
            switch try rules.outcome(of: row) {
            case .excluded(let reason): return .excluded(reason)
            case .kept(let kept):
                // A LOT too long for a book is found before the first item is taken.
                try kept.forEachItem(of: row) { _ in }
                try kept.forEachItem(of: row, append)
                return .kept
            }
        } catch let error as BookDataError {
            return .refused(error)
        }
    }

    /// The row's bundle, where it is one and the rules have looked at it.
    private func bundle(_ row: MappingRow, _ outcome: ExplainedRow.Outcome, _ rules: RowRules) -> ExplainedBundle? {
        switch outcome {
        case .excluded(.emptyPartnumber), .excluded(.emptyLot), .excluded(.ignored): return nil
        case .kept, .excluded(.emptyBundle), .refused: break
        }
        guard let lot = row.lot.map(Whitespace.trimmed), let outline = rules.bundles.outline(of: lot) else {
            return nil
        }
        // A cycle is the row's outcome, and reported there.
        let expansion = try? rules.bundles.expansion(of: lot)
        return ExplainedBundle(
            outline: outline, lots: expansion?.lots.count, losesQuantity: expansion?.losesQuantity ?? false)
    }
}

extension ExplainedRow {
    fileprivate init(_ row: OwnedRow, _ outcome: Outcome, _ ignoredBy: [SeenRule], _ bundle: ExplainedBundle?) {
        self.init(
            vendor: String(decoding: row.vendor, as: UTF8.self),
            partnumber: String(decoding: row.partnumber, as: UTF8.self),
            lot: row.lot.map { String(decoding: $0, as: UTF8.self) },
            description: row.description.map { String(decoding: $0, as: UTF8.self) }, isPrimary: row.isPrimary,
            outcome: outcome, ignoredBy: ignoredBy, bundle: bundle)
    }
}

extension IgnoreRules {
    fileprivate func matches(_ trimmed: String) -> Bool {
        var trimmed = trimmed
        return trimmed.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
    }
}
