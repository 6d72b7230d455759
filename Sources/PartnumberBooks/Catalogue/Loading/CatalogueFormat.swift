import ErrorModel

/// What a column of a catalogue file holds.
struct ColumnFormat {
    enum Kind {
        /// At most so many characters.
        case text(limit: Int)
        /// 0 or 1.
        case flag
        /// A decimal number.
        case number
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    let isNullable: Bool

    init(_ name: String, _ kind: Kind, required: Bool = false, nullable: Bool = false) {
        self.name = name
        self.kind = kind
        isRequired = required
        isNullable = nullable
    }

    /// What is wrong with a value, or nil.
    func problem(with value: UnsafeRawBufferPointer?) -> DisplayText? {
        guard let value else { return isNullable ? nil : "\(name) is NULL (\\N) and must not be" }
        switch kind {
        case .text(let limit):
            guard value.count > limit else { return nil }
            let characters = value.count { $0 & 0xC0 != 0x80 }
            return characters > limit ? "\(name) has \(characters) characters, and \(limit) fit" : nil
        case .flag:
            let isFlag = value.count == 1 && (value[0] == UInt8(ascii: "0") || value[0] == UInt8(ascii: "1"))
            return isFlag ? nil : "\(name) is \(Excerpt.quoted(value)) and must be 0 or 1"
        case .number:
            let text = String(decoding: value, as: UTF8.self)
            let isPlain = !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
            guard isPlain, Double(text)?.isFinite == true else {
                return "\(name) is \(Excerpt.quoted(value)) and must be a number such as 2 or 0.5"
            }
            // DECIMAL(20,4): MariaDB would round or refuse what SQLite keeps.
            let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
            let fits = (parts.first?.count ?? 0) <= 16 && (parts.dropFirst().first?.count ?? 0) <= 4
            return fits
                ? nil : "\(name) is \(Excerpt.quoted(value)), and 16 digits before and 4 after the point fit"
        }
    }
}

extension CatalogueTable {
    var fileName: String { rawValue + ".csv" }

    /// The columns a file may have, the required ones first.
    var format: [ColumnFormat] {
        let name = ColumnFormat.Kind.text(limit: 255)
        return switch self {
        case .lots:
            [
                ColumnFormat("lot_name", name, required: true),
                ColumnFormat("lot_description", .text(limit: 10_000), nullable: true),
                ColumnFormat("lot_category", name, nullable: true),
            ]
        case .mappings:
            [
                ColumnFormat("partnumber", name, required: true),
                ColumnFormat("lot_name", name, required: true, nullable: true),
                ColumnFormat("vendor", name),
                ColumnFormat("description", .text(limit: 10_000), nullable: true),
                ColumnFormat("is_primary_pn", .flag),
            ]
        case .bundles:
            [ColumnFormat("bundle_lot_name", name, required: true)]
        case .bundleItems:
            [
                ColumnFormat("bundle_lot_name", name, required: true),
                ColumnFormat("lot_name", name, required: true),
                ColumnFormat("qty", .number),
            ]
        case .seen:
            [
                ColumnFormat("partnumber", name, required: true),
                ColumnFormat("is_ignored", .flag, required: true),
                ColumnFormat("vendor", name),
                ColumnFormat("is_pattern", .flag),
            ]
        }
    }
}
