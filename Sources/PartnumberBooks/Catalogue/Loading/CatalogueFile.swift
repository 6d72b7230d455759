import ErrorModel
import FoundationEssentials

/// One file of a catalogue, checked from its first byte to its last.
struct CatalogueFile {
    let table: CatalogueTable
    let path: String
    /// In the file's order.
    let columns: [ColumnFormat]
    let columnPositions: [CSVPosition]
    /// Data rows, the header not counted.
    let rows: Int

    var name: String { table.fileName }

    /// Finds and checks the files of the catalogue in `folder`. A table without a file is empty.
    ///
    /// - Throws: `LoadError` with file, line and column.
    static func all(in folder: String, _ proceed: () throws -> Void) throws -> [CatalogueFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw LoadError.unreadable(path: folder, reason: "it is not a folder that this user may read")
        }
        let known = Set(CatalogueTable.allCases.map(\.fileName))
        // A misspelt file would be a table silently left empty.
        if let stranger = names.first(where: { $0.lowercased().hasSuffix(".csv") && !known.contains($0) }) {
            throw LoadError.unknownFile(folder + "/" + stranger)
        }
        guard names.contains(CatalogueTable.mappings.fileName) else {
            throw LoadError.missingFile(folder + "/" + CatalogueTable.mappings.fileName)
        }
        return try CatalogueTable.allCases.filter { names.contains($0.fileName) }.map { table in
            try CatalogueFile(table, path: folder + "/" + table.fileName, proceed)
        }
    }

    private init(_ table: CatalogueTable, path: String, _ proceed: () throws -> Void) throws {
        self.table = table
        self.path = path
        let reader = try CSVReader(path: path)
        (columns, columnPositions) = try Self.header(reader, table)
        var rows = 0
        while try reader.readRecord() {
            try Self.check(reader, columns)
            rows += 1
            if rows % ProgressStep.rows == 0 { try proceed() }
        }
        self.rows = rows
    }

    private static func header(_ reader: CSVReader, _ table: CatalogueTable) throws -> ([ColumnFormat], [CSVPosition]) {
        guard try reader.readRecord() else {
            throw reader.error(
                at: CSVPosition(line: 1, column: 1), "the file is empty; its first line names the columns")
        }
        var columns: [ColumnFormat] = []
        for index in reader.fields.indices {
            let position = reader.fields[index].position
            let name = reader.text(index) ?? "\\N"
            guard let column = table.format.first(where: { $0.name == name }) else {
                throw reader.error(
                    at: position,
                    "'\(name)' is not a column of \(table.rawValue); there are "
                        + "\(table.format.map(\.name).joined(separator: ", "))")
            }
            if columns.contains(where: { $0.name == name }) {
                throw reader.error(at: position, "the column \(name) appears twice")
            }
            columns.append(column)
        }
        for column in table.format where column.isRequired && !columns.contains(where: { $0.name == column.name }) {
            throw reader.error(at: CSVPosition(line: 1, column: 1), "the column \(column.name) is missing")
        }
        return (columns, reader.fields.map(\.position))
    }

    private static func check(_ reader: CSVReader, _ columns: [ColumnFormat]) throws {
        guard reader.fields.count == columns.count else {
            let surplus = reader.fields.count > columns.count
            let position = surplus ? reader.fields[columns.count].position : reader.fields[0].position
            throw reader.error(
                at: position, "the row has \(reader.fields.count) fields, and the header names \(columns.count)")
        }
        for (index, column) in columns.enumerated() {
            if let problem = reader.withField(index, { column.problem(with: $0) }) {
                throw reader.error(at: reader.fields[index].position, problem)
            }
        }
    }
}
