import CSQLite
import Database
import FoundationEssentials

/// Rows in memory that SQLite can select from: a table-valued function, `pnbook_rows(?)`.
///
/// One INSERT ... SELECT for a batch spares SQLite what a statement for each row costs (binding, opening the table,
/// finding the place from the root), which is half of the time.
final class SQLiteBatch: BulkBatch {
    /// Rows of one batch.
    static let maximumRows = 512
    /// Columns a row may have.
    static let maximumColumns = 16

    /// What the rows' texts take, so that the pages that one batch writes are undone in memory if it fails.
    private static let textBytes = 48 << 10

    let columns: Int
    /// Texts are held in UTF-16 of this machine, behind a byte order mark, for a file that holds them so.
    let isUTF16: Bool
    let cells: UnsafeMutablePointer<Cell>
    private var text = UnsafeMutableRawBufferPointer.allocate(byteCount: SQLiteBatch.textBytes, alignment: 1)
    private var textUsed = 0
    private(set) var rows = 0

    init(columns: Int, isUTF16: Bool = false) {
        precondition(columns <= Self.maximumColumns, "at most \(Self.maximumColumns) columns")
        self.columns = columns
        self.isUTF16 = isUTF16
        cells = .allocate(capacity: columns * Self.maximumRows)
    }

    deinit {
        cells.deallocate()
        text.deallocate()
    }

    func append(_ row: UnsafeBufferPointer<Cell>) -> Bool {
        precondition(row.count == columns, "a cell for each column")
        var bytes = 0
        // No text has more units of UTF-16 than bytes of UTF-8; and the mark.
        for cell in row where cell.kind.hasBytes { bytes += isUTF16 ? 2 * cell.utf8.count + 2 : cell.utf8.count }
        if rows == Self.maximumRows { return false }
        if textUsed + bytes > text.count {
            if rows > 0 { return false }
            text.deallocate()
            text = .allocate(byteCount: bytes, alignment: 1)
        }
        let target = cells + rows * columns
        for (index, var cell) in row.enumerated() {
            if cell.kind == .text && isUTF16 {
                cell.utf8 = SQLiteEncoding.utf16(cell.utf8).withUnsafeBytes(copy)
            } else if cell.kind.hasBytes {
                cell.utf8 = copy(cell.utf8)
            }
            (target + index).initialize(to: cell)
        }
        rows += 1
        return true
    }

    private func copy(_ utf8: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        // Never without an address: SQLite would treat that as NULL.
        guard let start = text.baseAddress.map({ $0 + textUsed }) else { return utf8 }
        if let source = utf8.baseAddress { start.copyMemory(from: source, byteCount: utf8.count) }
        textUsed += utf8.count
        return UnsafeRawBufferPointer(start: start, count: utf8.count)
    }

    func removeAll() {
        rows = 0
        textUsed = 0
    }
}

extension Cell.Kind {
    /// The value is in bytes elsewhere.
    fileprivate var hasBytes: Bool {
        switch self {
        case .text, .decimal, .blob: true
        case .null, .integer, .real: false
        }
    }
}
