/// The source tables, as far as a book needs them (<doc:Tables#Sources>).
package enum CatalogueTable: String, CaseIterable, Sendable {
    /// Not needed to build a book; first, because a host's tables may refer to it.
    case lots = "lot"
    case mappings = "lot_partnumbers"
    case bundles = "qt_lot_bundles"
    case bundleItems = "qt_lot_bundle_items"
    case seen = "qt_vendor_partnumber_seen"

    /// Read where they exist.
    var optionalColumns: [String] {
        switch self {
        case .mappings: ["is_primary_pn"]
        case .seen: ["is_pattern"]
        case .lots, .bundles, .bundleItems: []
        }
    }

    var requiredColumns: [String] {
        switch self {
        case .mappings: ["vendor", "partnumber", "lot_name", "description"]
        case .bundles: ["bundle_lot_name"]
        case .bundleItems: ["bundle_lot_name", "lot_name", "qty"]
        case .seen: ["partnumber", "is_ignored"]
        case .lots: []
        }
    }
}
