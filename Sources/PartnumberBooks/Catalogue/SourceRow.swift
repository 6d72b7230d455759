import Database
import ErrorModel

/// A row of a source table while it is read: its values as a book needs them, or the error that names table, column and row.
struct SourceRow {
    let table: CatalogueTable
    let row: Row

    /// The columns by which people find a row again, each with its place in the SELECT list. Built only when something is
    /// wrong: a million rows have nothing wrong with them.
    private var keys: [(column: Int, name: DisplayText)] {
        switch table {
        case .mappings: [(0, "vendor"), (1, "part number")]
        case .bundles: [(0, "bundle")]
        case .bundleItems: [(0, "bundle"), (1, "LOT")]
        case .seen: [(0, "part number")]
        case .lots: []
        }
    }

    /// A text in place; nil for NULL. A number is its usual decimal text, which is put into `memory`.
    ///
    /// - Throws: `BookDataError` for a BLOB, and for bytes that are not UTF-8.
    func text(_ column: Int, _ name: StaticString, _ memory: NumberText) throws -> UnsafeRawBufferPointer? {
        let cell = row.cell(column)
        switch cell.kind {
        case .null: return nil
        case .text:
            guard cell.utf8.isValidUTF8 else { throw error(name, .encoding(cell.utf8.invalidUTF8Excerpt)) }
            return cell.utf8
        case .decimal: return cell.utf8
        case .integer, .real: return memory.utf8(of: row, column)
        case .blob: throw error(name, .blob(bytes: cell.utf8.count))
        }
    }

    /// The same, copied; for tables that are held whole.
    func string(_ column: Int, _ name: StaticString, _ memory: NumberText) throws -> String? {
        try text(column, name, memory).map { String(decoding: $0, as: UTF8.self) }
    }

    /// - Parameter null: what NULL means.
    /// - Throws: `BookDataError` for a value that is neither true nor false.
    func flag(_ column: Int, _ name: StaticString, null: Bool = false) throws -> Bool {
        let cell = row.cell(column)
        if let flag = SourceFlag.value(of: cell, null: null) { return flag }
        throw error(name, cell.kind == .blob ? .blob(bytes: cell.utf8.count) : .flag(Excerpt.quoted(row.text(column))))
    }

    private func error(_ column: StaticString, _ flaw: BookDataError.Flaw) -> BookDataError {
        let key = keys.map { "\($0.name) \(Excerpt.quoted(row.text($0.column)))" as DisplayText }.joined(
            separator: ", ")
        return .badValue(table: table.rawValue, column: "\(column)", row: key, flaw)
    }
}
