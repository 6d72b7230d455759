/// What a fixture's `expected.json` asks for; a field that it does not name is nil.
struct FixtureExpectation: Sendable, Decodable {
    /// How much was read.
    struct Source: Sendable, Decodable {
        var rows: Int?
        var bundles: Int?
        var ignoreRules: Int?

        enum CodingKeys: String, CodingKey {
            case rows, bundles
            case ignoreRules = "ignore_rules"
        }
    }

    /// How many rows were left out, by reason.
    struct Excluded: Sendable, Decodable {
        var emptyPartnumber: Int?
        var emptyLot: Int?
        var ignored: Int?
        var emptyBundle: Int?

        enum CodingKeys: String, CodingKey {
            case emptyPartnumber = "empty_partnumber"
            case emptyLot = "empty_lot"
            case ignored
            case emptyBundle = "empty_bundle"
        }
    }

    /// How many PNs are in conflict, and the first of them.
    struct Conflicts: Sendable, Decodable {
        var count: Int?
        var partnumbers: [String]?
    }

    var status: String?
    var exit: Int?
    var source: Source?
    var excluded: Excluded?
    var expandedRows: Int?
    var mergedDuplicates: Int?
    var quantitiesDropped: Int?
    var conflicts: Conflicts?
    var items: Int?
    var partnumbers: Int?
    var digest: String?
    /// How many warnings there are.
    var warnings: Int?
    /// Texts that the error message contains.
    var errorContains: [String]?

    enum CodingKeys: String, CodingKey {
        case status, exit, source, excluded, conflicts, items, partnumbers, digest, warnings
        case expandedRows = "expanded_rows"
        case mergedDuplicates = "merged_duplicates"
        case quantitiesDropped = "quantities_dropped"
        case errorContains = "error_contains"
    }
}
