import Foundation

/// A folder with a catalogue in CSV files, and what it says a book of it must be.
struct FixtureCatalogue {
    /// A field that is no value of its column.
    struct BadField: Error {
        var table: String
        var column: String
        var text: String?
    }

    /// The folder's name.
    let name: String
    let model: CatalogueModel
    let expectation: FixtureExpectation
    /// The items of `expected.ndjson`, or nil where the fixture has no book.
    let items: [NaiveItem]?

    init(folder path: String) throws {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        name = folder.lastPathComponent
        model = try Self.model(of: folder)
        guard let expected = try Self.content(of: "expected.json", in: folder) else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        expectation = try JSONDecoder().decode(FixtureExpectation.self, from: expected)
        items = try Self.content(of: "expected.ndjson", in: folder).map(Self.items)
    }

    /// The folders below `path` that hold an `expected.json`, in the order of their names.
    static func folders(below path: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        return names.map { path + "/" + $0 }.filter { FileManager.default.fileExists(atPath: $0 + "/expected.json") }
    }

    /// The items of NDJSON, a line each; only the byte 0x0A ends a line, since a text may hold any other line end.
    static func items(ndjson: Data) throws -> [NaiveItem] {
        let decoder = JSONDecoder()
        return try ndjson.split(separator: 0x0A).map { try decoder.decode(NaiveItem.self, from: Data($0)) }
    }

    private static func model(of folder: URL) throws -> CatalogueModel {
        var model = CatalogueModel()
        let mappings = try Table("lot_partnumbers", in: folder)
        for record in mappings.csv.records {
            model.mappings.append(
                CatalogueModel.Mapping(
                    vendor: try mappings.text("vendor", record),
                    partnumber: try mappings.text("partnumber", record),
                    lot: mappings.csv.field("lot_name", of: record),
                    description: mappings.csv.field("description", of: record),
                    isPrimary: try mappings.flag("is_primary_pn", record, without: true)))
        }
        let bundles = try Table("qt_lot_bundles", in: folder)
        for record in bundles.csv.records {
            model.bundles.append(try bundles.text("bundle_lot_name", record))
        }
        let components = try Table("qt_lot_bundle_items", in: folder)
        for record in components.csv.records {
            model.components.append(
                CatalogueModel.Component(
                    bundle: try components.text("bundle_lot_name", record),
                    lot: try components.text("lot_name", record),
                    quantity: try components.number("qty", record)))
        }
        let seen = try Table("qt_vendor_partnumber_seen", in: folder)
        for record in seen.csv.records {
            model.seen.append(
                CatalogueModel.Seen(
                    partnumber: try seen.text("partnumber", record),
                    isIgnored: try seen.flag("is_ignored", record, without: false),
                    isPattern: try seen.flag("is_pattern", record, without: false)))
        }
        return model
    }

    private static func content(of file: String, in folder: URL) throws -> Data? {
        let url = folder.appendingPathComponent(file)
        return FileManager.default.fileExists(atPath: url.path) ? try Data(contentsOf: url) : nil
    }

    /// One table of the folder; a table without a file is empty.
    private struct Table {
        let name: String
        let csv: NaiveCSV

        init(_ name: String, in folder: URL) throws {
            self.name = name
            csv = try NaiveCSV(Array(FixtureCatalogue.content(of: name + ".csv", in: folder) ?? Data()))
        }

        func text(_ column: String, _ record: [String?]) throws -> String {
            guard let text = csv.field(column, of: record) else {
                throw BadField(table: name, column: column, text: nil)
            }
            return text
        }

        func number(_ column: String, _ record: [String?]) throws -> Double {
            let text = try text(column, record)
            guard let number = Double(text) else {
                throw BadField(table: name, column: column, text: text)
            }
            return number
        }

        /// 1 or 0; where the file has no such column, `absent`.
        func flag(_ column: String, _ record: [String?], without absent: Bool) throws -> Bool {
            guard csv.header.contains(column) else {
                return absent
            }
            switch csv.field(column, of: record) {
            case "1": return true
            case "0": return false
            case let other: throw BadField(table: name, column: column, text: other)
            }
        }
    }
}
