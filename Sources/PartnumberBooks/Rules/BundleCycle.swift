package import ErrorModel

/// Bundles that contain one another (<doc:BookRules#Rule-6-cycles>).
package struct BundleCycle: Diagnosable, Hashable {
    /// Each once, in the order in which one contains the next; the last contains the first.
    package let bundles: [String]

    /// `A → B → A`.
    package var text: DisplayText {
        DisplayText(
            (bundles + bundles.prefix(1)).map { Excerpt.bare($0, longest: Self.longestName) }.joined(separator: " → "))
    }

    /// As many characters as a book's LOT has: longer ones are no LOTs.
    private static let longestName = ColumnLimit.lot.characters

    package var category: ErrorCategory { .badData }
    package var remedy: Remedy? { .text("Break the cycle in qt_lot_bundle_items") }
}
