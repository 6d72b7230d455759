import Harness

/// Makes the rows of `lot_partnumbers` one by one, in the order of their key.
///
/// The key's order is how the table lies on disk and how it is read, in whatever order rows once came in; made in this
/// order ten million rows are written in minutes.
final class MappingGenerator {
    /// One row: views of the generator's memory, valid until the next.
    struct Mapping {
        let vendor: UnsafeRawBufferPointer
        let partnumber: UnsafeRawBufferPointer
        let lot: UnsafeRawBufferPointer?
        let description: UnsafeRawBufferPointer?
        let isPrimary: Bool
        /// An ignore rule names this PN.
        let isIgnored: Bool
    }

    private let recipe: CatalogueRecipe
    private let block = TextBlock()
    private var random = SplitMix64(seed: 2026)
    private var row = 0
    private let rowsPerVendor: Int
    /// PNs begin with six digits of base 36, which rise within a vendor; so far apart are two of them on average.
    private let step: Int

    init(_ recipe: CatalogueRecipe) {
        self.recipe = recipe
        rowsPerVendor = (recipe.mappings + CatalogueRecipe.vendors - 1) / CatalogueRecipe.vendors
        step = 2_176_782_336 / max(1, rowsPerVendor)
    }

    /// The next row; nil after the last.
    func next() -> Mapping? {
        guard row < recipe.mappings else { return nil }
        defer { row += 1 }
        block.reset()
        let vendor = row / rowsPerVendor
        return Mapping(
            vendor: block.text {
                $0.append("Vendor ")
                $0.append(base36: vendor, digits: 3)
            },
            partnumber: partnumber(row % rowsPerVendor), lot: lot(), description: description(),
            isPrimary: !random.chance(5), isIgnored: random.chance(CatalogueRecipe.ignoredPercent))
    }

    private func partnumber(_ position: Int) -> UnsafeRawBufferPointer {
        block.text { block in
            block.append(base36: position * step + random.below(step), digits: 6)
            let tail = 2 + random.below(17)
            if tail > 4 {
                block.append(UInt8(ascii: "-"))
                block.append(random: tail - 1, &random)
            } else {
                block.append(random: tail, &random)
            }
        }
    }

    private func lot() -> UnsafeRawBufferPointer? {
        let draw = random.below(100)
        if draw < CatalogueRecipe.emptyLotPercent {
            return draw == 0 ? nil : block.text { if draw == 1 { $0.append(" ") } }
        }
        if draw < CatalogueRecipe.emptyLotPercent + CatalogueRecipe.bundlePercent {
            return LotName.write(.bundle, random.below(recipe.bundles), to: block)
        }
        return LotName.write(.part, random.below(recipe.lots), to: block)
    }

    private static let words: [StaticString] = [
        "server", "memory", "module", "DDR5", "RDIMM", "ECC", "kit", "with", "rail", "redundant", "power", "supply",
        "2U",
        "hot-plug", "drive", "NVMe", "1.92TB", "mixed", "use", "cable", "adapter", "dual", "port", "25GbE", "license",
        "support", "3", "years", "next", "business", "day", "refurbished",
    ]

    private func description() -> UnsafeRawBufferPointer? {
        if random.chance(CatalogueRecipe.noDescriptionPercent) { return nil }
        let length = 20 + random.below(101)
        let text = block.text { block in
            var written = 0
            while written < length {
                let word = Self.words[random.below(Self.words.count)]
                block.append(word)
                block.append(UInt8(ascii: " "))
                written += word.utf8CodeUnitCount + 1
            }
        }
        // A blank before the cut would make the text end in one, which is kept but looks like a mistake.
        let last = UInt8(ascii: ".")
        UnsafeMutableRawBufferPointer(mutating: text)[length - 1] = last
        return UnsafeRawBufferPointer(rebasing: text[..<length])
    }
}
