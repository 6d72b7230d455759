import Harness
import TestSupport

/// A random catalogue: valid for the tables, and hostile to whoever builds a book from it.
///
/// All of it follows from a seed and a size. One in ten catalogues has a cycle of bundles, which rows may reach or not.
struct RandomCatalogue {
    /// A bundle comes down to no more LOTs than this, counted by paths.
    private static let pathLimit = 40

    private static let vendors = [
        "", "", " ", "\t", "\u{A0}", "HPE", "HPE", "hpe", " HPE", "HPE\u{3000}", "Dell", " Z", "A", "Z", "a",
        "Ä", "A\u{308}", "Ж", "\u{FF5E}", "😀", "\u{10FFFD}", "NULL", "\\N", "'", "\u{1}", "O'Neil \"&\" Co",
        String(repeating: "V", count: RandomText.nameLimit), String(repeating: "😀", count: RandomText.nameLimit),
    ]

    private let size: Int
    private var text: RandomText
    private var model = CatalogueModel()
    /// The PNs of this catalogue, each with the LOT that it usually has.
    private var partnumbers: [(name: String, lot: String)] = []
    private var plainLots: [String] = []
    /// The names of bundles in every spelling, and their keys: a bundle holds bundles of later keys only.
    private var bundleNames: [String] = []
    private var bundleKeys: [String] = []

    /// The catalogue of a seed, with about `size` rows of `lot_partnumbers`.
    ///
    /// There are fewer where keys meet, and up to two more for a cycle.
    static func make(seed: UInt64, size: Int) -> CatalogueModel {
        var catalogue = RandomCatalogue(seed: seed, size: size)
        catalogue.plainLots = (0..<(3 + size / 8)).map { _ in catalogue.text.stem() }
        if catalogue.text.random.chance(85) {
            catalogue.nameBundles()
            catalogue.fillBundles()
        }
        catalogue.namePartnumbers()
        catalogue.addMappings()
        if catalogue.text.random.chance(85) {
            catalogue.addSeen()
        }
        if catalogue.text.random.chance(10) {
            catalogue.addCycle()
        }
        return catalogue.withoutDuplicateKeys()
    }

    private init(seed: UInt64, size: Int) {
        self.size = size
        text = RandomText(seed: seed)
    }

    // MARK: Bundles

    private mutating func nameBundles() {
        for _ in 0...text.random.below(8) {
            // Some are called like a LOT, or like it in another case.
            let stem = text.random.chance(20) ? text.random.pick(plainLots) : text.stem()
            for _ in 0...text.random.below(3) {
                bundleNames.append(text.variant(of: stem))
            }
        }
        bundleNames.removeAll(where: NaiveText.isBlank)
        bundleKeys = NaiveText.distinctKeys(bundleNames.map(NaiveText.key))
        bundleKeys.shuffle(using: &text.random)
        if text.random.chance(30) {
            bundleNames.append(text.blank())
        }
    }

    /// Components for each bundle, the last ones first, so that the paths below a bundle are known when it is filled.
    private mutating func fillBundles() {
        var paths = Array(repeating: 0, count: bundleKeys.count)
        for (rank, key) in bundleKeys.enumerated().reversed() {
            let isEmpty = text.random.chance(12)
            let rowsBefore = model.bundles.count + model.components.count
            for name in bundleNames where NaiveText.key(name) == key {
                if isEmpty || text.random.chance(60) {
                    model.bundles.append(name)
                }
                for _ in 0..<(isEmpty ? text.random.below(2) : text.random.below(5)) {
                    let lot = isEmpty ? emptyLot(of: rank, paths) : componentLot(of: rank)
                    let inner = bundleKeys.firstIndex(of: NaiveText.key(lot))
                    let added = inner.map { paths[$0] } ?? 1
                    if inner ?? bundleKeys.count > rank && paths[rank] + added <= Self.pathLimit {
                        paths[rank] += added
                        addComponent(name, lot)
                    }
                }
            }
            if model.bundles.count + model.components.count == rowsBefore {
                paths[rank] = 1  // no row makes a bundle of it: it is a LOT like others
            }
        }
        for name in bundleNames where NaiveText.isBlank(name) {
            model.bundles.append(name)
            addComponent(name, text.random.pick(plainLots))
        }
    }

    private mutating func componentLot(of rank: Int) -> String {
        let later = bundleKeys[(rank + 1)...]
        let inner = bundleNames.filter { later.contains(NaiveText.key($0)) }
        switch text.random.below(100) {
        case ..<10:
            return text.blank()
        case ..<50 where !inner.isEmpty:
            return text.variant(of: text.random.pick(inner))
        default:
            return text.variant(of: text.random.pick(plainLots))
        }
    }

    /// A blank, or a bundle that comes down to nothing.
    private mutating func emptyLot(of rank: Int, _ paths: [Int]) -> String {
        let empty = bundleKeys.indices.filter { $0 > rank && paths[$0] == 0 }
        let inner = bundleNames.filter { name in empty.contains { bundleKeys[$0] == NaiveText.key(name) } }
        return text.random.chance(60) && !inner.isEmpty ? text.random.pick(inner) : text.blank()
    }

    private mutating func addComponent(_ bundle: String, _ lot: String) {
        let quantity = text.random.chance(75) ? 1 : text.random.pick([2, 0.5, 3, 100])
        model.components.append(CatalogueModel.Component(bundle: bundle, lot: lot, quantity: quantity))
    }

    /// A ring of one to four bundles: of those there are, or of new ones, behind a row or behind none.
    private mutating func addCycle() {
        var ring: [String] = []
        if !bundleKeys.isEmpty && text.random.chance(40) {
            let keys = bundleKeys.shuffled(using: &text.random).prefix(text.random.below(4) + 1)
            ring = keys.compactMap { key in bundleNames.first { NaiveText.key($0) == key } }
        } else {
            ring = (0...text.random.below(4)).map { RandomText.capped("↻\($0)" + text.stem()) }
            let isReached = text.random.chance(50)
            let entry = text.random.chance(50) ? ring[0] : "↻ entry"
            addComponent("↻ entry", text.variant(of: ring[0]))
            if text.random.chance(70) {
                let partnumber = isReached ? text.random.pick(partnumbers).name : text.blank()
                addMapping(partnumber: partnumber, lot: text.padded(entry))
            }
            if text.random.chance(30) {
                addMapping(partnumber: "↻ ignored", lot: text.padded(entry))
                model.seen.append(
                    CatalogueModel.Seen(partnumber: "↻ Ignored", isIgnored: true, isPattern: text.random.chance(50)))
            }
        }
        for (bundle, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            addComponent(text.variant(of: bundle), text.variant(of: next))
            addComponent(bundle, next)
        }
    }

    // MARK: Rows

    private mutating func namePartnumbers() {
        for _ in 0..<max(2, size / 3) {
            partnumbers.append((name: text.stem(), lot: someLot()))
        }
    }

    private mutating func someLot() -> String {
        text.random.pick(text.random.chance(40) && !bundleNames.isEmpty ? bundleNames : plainLots)
    }

    private mutating func addMappings() {
        for _ in 0..<size {
            let usual = text.random.pick(partnumbers)
            let partnumber: String
            switch text.random.below(100) {
            case ..<5:
                partnumber = text.blank()
            case ..<10:
                partnumber = text.stem()
            case ..<40:
                partnumber = text.padded(usual.name)
            default:
                partnumber = text.variant(of: usual.name)
            }
            switch text.random.below(100) {
            case ..<4:
                addMapping(partnumber: partnumber, lot: nil)
            case ..<8:
                addMapping(partnumber: partnumber, lot: text.blank())
            case ..<55:
                addMapping(partnumber: partnumber, lot: text.padded(usual.lot))
            case ..<75:
                addMapping(partnumber: partnumber, lot: text.variant(of: usual.lot))
            default:
                addMapping(partnumber: partnumber, lot: text.variant(of: someLot()))
            }
        }
    }

    private mutating func addMapping(partnumber: String, lot: String?) {
        model.mappings.append(
            CatalogueModel.Mapping(
                vendor: text.random.pick(Self.vendors),
                partnumber: partnumber,
                lot: lot,
                description: text.description(),
                isPrimary: text.random.chance(40)))
    }

    private mutating func addSeen() {
        let starves = text.random.chance(3)
        for _ in 0..<text.random.below(min(size, 100) / 4 + 3) {
            let name = text.random.pick(partnumbers).name
            var partnumber: String
            var isPattern = text.random.chance(20)
            switch text.random.below(100) {
            case ..<40:
                partnumber = text.variant(of: name)
            case ..<80:
                partnumber = text.glob(near: name)
                isPattern = text.random.chance(80)
            case ..<90:
                partnumber = text.blank()
            default:
                partnumber = text.stem()
            }
            let isIgnored = text.random.chance(55)
            // A glob of stars alone leaves nothing of the book, so it is rare.
            if isIgnored && isPattern && !starves && NaiveText.trimmed(partnumber).allSatisfy({ "*?".contains($0) }) {
                partnumber = RandomText.capped(name + partnumber)
            }
            model.seen.append(CatalogueModel.Seen(partnumber: partnumber, isIgnored: isIgnored, isPattern: isPattern))
            if text.random.chance(20) {
                let twin = text.variant(of: partnumber)
                let isTwinPattern = text.random.chance(50)
                model.seen.append(CatalogueModel.Seen(partnumber: twin, isIgnored: true, isPattern: isTwinPattern))
            }
        }
    }

    // MARK: Keys

    /// The rows in no order, without those whose key another row has.
    private func withoutDuplicateKeys() -> CatalogueModel {
        var random = text.random
        let zero = "\u{0}"  // which stands in no text
        var result = CatalogueModel()
        result.mappings = Self.unique(model.mappings.shuffled(using: &random)) { $0.vendor + zero + $0.partnumber }
        result.bundles = Self.unique(model.bundles.shuffled(using: &random)) { $0 }
        result.components = Self.unique(model.components.shuffled(using: &random)) { $0.bundle + zero + $0.lot }
        result.seen = Self.unique(model.seen.shuffled(using: &random)) { $0.partnumber }
        return result
    }

    private static func unique<Row>(_ rows: [Row], by key: (Row) -> String) -> [Row] {
        var keys: Set<[UInt8]> = []
        return rows.filter { keys.insert(NaiveText.bytes(key($0))).inserted }
    }
}
