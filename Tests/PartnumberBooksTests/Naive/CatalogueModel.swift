/// The source tables of a book as a plain value: the rows as they are stored, nothing trimmed, nothing checked.
///
/// Keys hold by exact bytes: (vendor, partnumber) in `mappings`, the name in `bundles`, (bundle, lot) in `components`,
/// the partnumber in `seen`. Swift's `==` calls canonically equivalent strings equal, so compare bytes, not strings.
struct CatalogueModel: Sendable {
    /// One row of `lot_partnumbers`.
    struct Mapping: Sendable {
        var vendor: String
        var partnumber: String
        var lot: String?
        var description: String?
        var isPrimary: Bool
    }

    /// One row of `qt_lot_bundle_items`.
    struct Component: Sendable {
        var bundle: String
        var lot: String
        var quantity: Double
    }

    /// One row of `qt_vendor_partnumber_seen`.
    struct Seen: Sendable {
        var partnumber: String
        var isIgnored: Bool
        var isPattern: Bool
    }

    var mappings: [Mapping] = []
    var bundles: [String] = []
    var components: [Component] = []
    var seen: [Seen] = []
}
