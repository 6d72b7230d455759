/// What went into a book and what did not.
package struct BookTallies: Sendable, Hashable {
    /// Rows of `lot_partnumbers`.
    package var rows = 0
    package var bundles = 0
    package var ignoreRules = 0
    package var excluded = Exclusions()
    package var expandedRows = 0
    package var mergedDuplicates = 0
    package var quantitiesDropped = 0
    package var conflicts = 0
    package var conflictSample: [String] = []
    package var items = 0
    package var partnumbers = 0
    package var digest = ""
    /// The rules that ignore the whole catalogue, where no row is kept.
    package var culprits: IgnoreVerdict?
    /// A cycle of bundles that no row reaches: a warning.
    package var unreachedCycle: BundleCycle?

    /// Nothing counted yet.
    package init() {}

    /// Excluded rows, each counted for the first reason that applies.
    package struct Exclusions: Sendable, Hashable, Codable {
        package var emptyPartnumber = 0
        package var emptyLot = 0
        package var ignored = 0
        package var emptyBundle = 0

        mutating func add(_ reason: ExclusionReason) {
            switch reason {
            case .emptyPartnumber: emptyPartnumber += 1
            case .emptyLot: emptyLot += 1
            case .ignored: ignored += 1
            case .emptyBundle: emptyBundle += 1
            }
        }

        package var total: Int { emptyPartnumber + emptyLot + ignored + emptyBundle }
    }
}
