import Harness

/// The bundles of a catalogue by key: what they hold, what they come down to, and where they run in circles.
struct NaiveBundles {
    /// One component that is not blank: its LOT as it goes into a book, and the keys that tie it to bundles.
    struct Part {
        var bundleKey: String
        var lot: String
        var lotKey: String
        var quantity: Double
    }

    let keys: [String]
    let parts: [Part]

    init(_ catalogue: CatalogueModel) {
        let names = catalogue.bundles + catalogue.components.map(\.bundle)
        keys = NaiveText.distinctKeys(names.filter { !NaiveText.isBlank($0) }.map(NaiveText.key))
        parts = catalogue.components
            .filter { !NaiveText.isBlank($0.bundle) && !NaiveText.isBlank($0.lot) }
            .map { component in
                Part(
                    bundleKey: NaiveText.key(component.bundle),
                    lot: NaiveText.trimmed(component.lot),
                    lotKey: NaiveText.key(component.lot),
                    quantity: component.quantity)
            }
    }

    func isBundle(_ key: String) -> Bool {
        keys.contains(key)
    }

    func parts(of bundle: String) -> [Part] {
        parts.filter { $0.bundleKey == bundle }
    }

    /// The LOTs that a bundle comes down to, one for each path; only asked where no cycle is reached.
    func lots(of bundle: String) -> [String] {
        var result: [String] = []
        for part in parts(of: bundle) {
            if isBundle(part.lotKey) {
                result += lots(of: part.lotKey)
            } else {
                result.append(part.lot)
            }
        }
        return result
    }

    /// True where a component has a quantity other than 1, at any depth; only asked where no cycle is reached.
    func hasQuantities(_ bundle: String) -> Bool {
        for part in parts(of: bundle) {
            if part.quantity != 1 {
                return true
            }
            if isBundle(part.lotKey) && hasQuantities(part.lotKey) {
                return true
            }
        }
        return false
    }

    /// The cycles that can be reached from any of these bundles, each set of bundles once.
    func cycles(reachedFrom starts: [String]) -> [[String]] {
        var result: [[String]] = []
        for start in NaiveText.distinctKeys(starts) {
            for cycle in cycles(from: start, path: []) where !result.contains(where: { Set($0) == Set(cycle) }) {
                result.append(cycle)
            }
        }
        return result
    }

    private func cycles(from bundle: String, path: [String]) -> [[String]] {
        if let start = path.firstIndex(of: bundle) {
            return [Array(path[start...])]
        }
        var result: [[String]] = []
        for part in parts(of: bundle) where isBundle(part.lotKey) {
            result += cycles(from: part.lotKey, path: path + [bundle])
        }
        return result
    }
}
