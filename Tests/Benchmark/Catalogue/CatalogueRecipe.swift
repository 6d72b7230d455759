import Harness

/// How much of what the made-up catalogue has; the same numbers make the same catalogue.
struct CatalogueRecipe: Sendable {
    /// Rows of `lot_partnumbers`.
    var mappings: Int
    /// Ignore rules that are patterns; literal ones are 3 % of the mappings.
    var globs = 0

    /// The table is clustered by (vendor, PN), so it is read vendor by vendor, each vendor's PNs in order.
    static let vendors = 200

    /// LOTs that are no bundles.
    var lots: Int { max(50, mappings / 10) }

    /// A catalogue has thousands of server models at most, however many part numbers.
    var bundles: Int { min(2000, max(5, mappings / 200)) }

    static let componentsPerBundle = 5
    /// Of a hundred bundles so many contain another one; the first always does.
    static let nestedPercent = 3
    static let emptyLotPercent = 3
    static let bundlePercent = 10
    static let ignoredPercent = 3
    static let noDescriptionPercent = 30

    /// The distribution in words, for the headline.
    static let words = """
        10 % are of bundles (5 components, some nested), 3 % have no LOT, 3 % are ignored; \
        PN 8-24, LOT 8-20, description 20-120 characters or (30 %) none
        """
}

/// Names of LOTs, each made of its number: 8 to 20 characters.
enum LotName {
    enum Kind: UInt64 {
        case part
        case bundle
    }

    private static let words: [StaticString] = ["CPU", "MEM", "SSD", "HDD", "NIC", "PSU", "GPU", "CBL"]

    static func write(_ kind: Kind, _ number: Int, to block: TextBlock) -> UnsafeRawBufferPointer {
        var random = SplitMix64(seed: UInt64(number) << 1 | kind.rawValue)
        return block.text { block in
            block.append(kind == .bundle ? "SRV" : words[random.below(words.count)])
            block.append(base36: number, digits: 5)
            let tail = random.below(13)
            if tail > 0 {
                block.append(UInt8(ascii: "_"))
                block.append(random: tail - 1, &random)
            }
        }
    }
}
