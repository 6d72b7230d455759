/// One component on the way down a bundle.
package struct BundleLine: Sendable, Hashable {
    /// 1 for what the bundle itself names.
    package let depth: Int
    /// As the catalogue spells it, trimmed.
    package let lot: String
    /// Nil where the catalogue has none.
    package let quantity: Double?
    /// It is not 1, and items of books have no quantity (<doc:BookRules#Rule-10-quantities>).
    package let losesQuantity: Bool
    package let isBundle: Bool
    /// A bundle whose components are listed further up already, or that contains itself.
    package let isRepeated: Bool
}

extension BundleMap {
    /// What a trimmed LOT consists of, line by line with the components of a bundle below it; nil where it is not a bundle.
    ///
    /// Lines instead of a tree, and each bundle expanded once: bundles may be nested deeper than a thread's stack allows, share
    /// one another, and contain one another.
    func outline(of lot: UnsafeRawBufferPointer) -> [BundleLine]? {
        let root = NormalizedKey(trimmed: lot)
        guard components[root] != nil else { return nil }
        var lines: [BundleLine] = []
        var opened: Set<NormalizedKey> = [root]
        // What is still to be written, the next one last.
        var rest = sortedComponents(of: root).reversed().map { (depth: 1, component: $0) }
        while let (depth, component) = rest.popLast() {
            let isBundle = components[component.key] != nil
            let isRepeated = isBundle && !opened.insert(component.key).inserted
            lines.append(
                BundleLine(
                    depth: depth, lot: component.lot, quantity: component.quantity,
                    losesQuantity: component.losesQuantity, isBundle: isBundle, isRepeated: isRepeated))
            if isBundle, !isRepeated {
                rest += sortedComponents(of: component.key).reversed().map { (depth + 1, $0) }
            }
        }
        return lines
    }

    /// By UTF-8 bytes: a database hands them out in any order.
    private func sortedComponents(of key: NormalizedKey) -> [Component] {
        (components[key] ?? []).sorted { left, right in
            left.lot.utf8.lexicographicallyPrecedes(right.lot.utf8)
        }
    }
}
