/// What each bundle LOT consists of, and what becomes of it in a book (<doc:BookRules#Rule-5-bundles> to
/// <doc:BookRules#Rule-7-empty-bundles>).
final class BundleMap {
    struct Component {
        /// Trimmed, as the catalogue spells it.
        let lot: String
        let key: NormalizedKey
        /// As the catalogue has it; nil where it has none.
        let quantity: Double?

        /// It is not 1, and items of books have no quantity (<doc:BookRules#Rule-10-quantities>).
        var losesQuantity: Bool { quantity.map { $0 != 1 } ?? false }
    }

    /// A bundle followed down to the LOTs that are not bundles.
    struct Expansion {
        /// Distinct, in the order of their UTF-8 bytes.
        let lots: [String]
        /// How many paths lead to a LOT; more than there are LOTs where bundles share components.
        ///
        /// Saturates at `Int.max`: bundles that share bundles multiply without end.
        let paths: Int
        /// Some component's quantity is not 1, and is lost in a book.
        let losesQuantity: Bool
    }

    private(set) var components: [NormalizedKey: [Component]] = [:]
    /// The same keys, for the look-up that every row needs.
    private var keys = KeySet()
    /// How a bundle's name is written, for messages.
    private var names: [NormalizedKey: String] = [:]
    private var expansions: [NormalizedKey: Expansion] = [:]

    /// Distinct bundles.
    var count: Int { components.count }

    /// Declares a bundle, of a row of `qt_lot_bundles`.
    func insert(bundle name: String) {
        _ = declare(name)
    }

    /// Adds one row of `qt_lot_bundle_items`. The bundle need not be declared; a component without a name is skipped.
    ///
    /// - Parameter quantity: nil where the catalogue has none: then nothing is lost.
    func insert(component lot: String, quantity: Double?, of bundle: String) {
        guard let key = declare(bundle) else { return }
        let trimmed = lot.trimmed
        guard !trimmed.isEmpty else { return }
        components[key, default: []].append(
            Component(lot: trimmed, key: NormalizedKey(trimmed), quantity: quantity))
        expansions.removeAll(keepingCapacity: true)
    }

    private func declare(_ bundle: String) -> NormalizedKey? {
        let key = NormalizedKey(bundle)
        if key.isEmpty { return nil }
        let name = bundle.trimmed
        components[key, default: []] += []
        keys.insert(key)
        // The smallest spelling, so that messages do not depend on the order of rows.
        if let known = names[key], known.utf8.lexicographicallyPrecedes(name.utf8) { return key }
        names[key] = name
        return key
    }

    /// What a trimmed LOT becomes, or nil where it is not a bundle.
    ///
    /// - Throws: ``BundleCycle``.
    func expansion(of lot: UnsafeRawBufferPointer) throws -> Expansion? {
        guard keys.contains(lot) else { return nil }
        let key = NormalizedKey(trimmed: lot)
        if let known = expansions[key] { return known }
        let expansion = try expand(key)
        expansions[key] = expansion
        return expansion
    }

    /// Follows `root` down, with a stack of its own: bundles may be nested deeper than threads can call.
    private func expand(_ root: NormalizedKey) throws -> Expansion {
        var lots: Set<UTF8Text> = []
        var losesQuantity = false
        // Paths from a bundle down to LOTs, of finished bundles.
        var paths: [NormalizedKey: Int] = [:]
        var trail: [(key: NormalizedKey, next: Int, paths: Int)] = [(root, 0, 0)]
        var onTrail: Set<NormalizedKey> = [root]
        while let top = trail.last {
            let parts = components[top.key] ?? []
            guard top.next < parts.count else {
                paths[top.key] = top.paths
                onTrail.remove(top.key)
                trail.removeLast()
                if !trail.isEmpty {
                    trail[trail.count - 1].paths = top.paths.addingSaturated(trail[trail.count - 1].paths)
                }
                continue
            }
            let part = parts[top.next]
            trail[trail.count - 1].next += 1
            losesQuantity = losesQuantity || part.losesQuantity
            if components[part.key] == nil {
                lots.insert(UTF8Text(part.lot))
                trail[trail.count - 1].paths = top.paths.addingSaturated(1)
            } else if onTrail.contains(part.key) {
                throw cycle(closing: part.key, on: trail.map(\.key))
            } else if let known = paths[part.key] {
                trail[trail.count - 1].paths = top.paths.addingSaturated(known)
            } else {
                trail.append((part.key, 0, 0))
                onTrail.insert(part.key)
            }
        }
        return Expansion(
            lots: lots.sorted().map(\.text), paths: paths[root] ?? 0, losesQuantity: losesQuantity)
    }

    private func cycle(closing key: NormalizedKey, on trail: [NormalizedKey]) -> BundleCycle {
        let loop = trail.drop { $0 != key }.map { names[$0] ?? $0.text }
        return BundleCycle(bundles: loop.rotatedToSmallest)
    }

    /// One cycle that no row has reached, or nil. Bad data, but none of it goes into a book.
    func unreachedCycle() -> BundleCycle? {
        for key in components.keys.sorted(by: { $0.text < $1.text }) where expansions[key] == nil {
            do {
                expansions[key] = try expand(key)
            } catch {
                return error as? BundleCycle
            }
        }
        return nil
    }
}

extension Array where Element == String {
    /// The same ring, beginning with its smallest member.
    fileprivate var rotatedToSmallest: [String] {
        guard let smallest = indices.min(by: { self[$0].utf8.lexicographicallyPrecedes(self[$1].utf8) }) else {
            return self
        }
        return Array(self[smallest...] + self[..<smallest])
    }
}
