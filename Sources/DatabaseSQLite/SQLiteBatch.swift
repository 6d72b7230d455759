import Database
import Foundation
import GRDBSQLite

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

    private let columns: Int
    /// Texts are held in UTF-16 of this machine, behind a byte order mark, for a file that holds them so.
    private let isUTF16: Bool
    private let cells: UnsafeMutablePointer<Cell>
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
        // Never without an address: SQLite would take that for NULL.
        guard let start = text.baseAddress.map({ $0 + textUsed }) else { return utf8 }
        if let source = utf8.baseAddress { start.copyMemory(from: source, byteCount: utf8.count) }
        textUsed += utf8.count
        return UnsafeRawBufferPointer(start: start, count: utf8.count)
    }

    func removeAll() {
        rows = 0
        textUsed = 0
    }

    // MARK: As a table

    /// What a batch is called where a pointer to it is bound. Unsafe, because it is a pointer; nothing writes there.
    nonisolated(unsafe) static let pointerType = UnsafePointer(strdup("pnbook_batch"))

    /// Teaches `connection` the function `pnbook_rows`.
    static func register(on connection: OpaquePointer) {
        sqlite3_create_module(connection, "pnbook_rows", module, nil)
    }

    /// SQLite's cursor over one batch; the first member is SQLite's own.
    private struct Cursor {
        var base = sqlite3_vtab_cursor()
        var cells: UnsafePointer<Cell>?
        var isUTF16 = false
        var columns = 0
        var rows = 0
        var row = 0
    }

    private static func cursor(_ base: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> UnsafeMutablePointer<Cursor> {
        UnsafeMutableRawPointer(base).unsafelyUnwrapped.assumingMemoryBound(to: Cursor.self)
    }

    /// Lives as long as the program: connections keep its address. Unsafe, because it is a pointer; once made, nothing
    /// writes there.
    nonisolated(unsafe) private static let module: UnsafePointer<sqlite3_module> = {
        var module = sqlite3_module()
        module.xConnect = { connection, _, _, _, table, _ in
            let names = (0..<SQLiteBatch.maximumColumns).map { "c\($0)" }.joined(separator: ", ")
            let code = sqlite3_declare_vtab(connection, "CREATE TABLE rows (\(names), batch HIDDEN)")
            guard code == SQLITE_OK else { return code }
            let new = UnsafeMutablePointer<sqlite3_vtab>.allocate(capacity: 1)
            new.initialize(to: sqlite3_vtab())
            table?.pointee = new
            return SQLITE_OK
        }
        module.xDisconnect = { table in
            table?.deallocate()
            return SQLITE_OK
        }
        module.xBestIndex = { _, plan in
            // The batch is the function's one argument; without it there is nothing to read.
            guard let plan, plan.pointee.nConstraint == 1, plan.pointee.aConstraint[0].usable != 0 else {
                return SQLITE_CONSTRAINT
            }
            plan.pointee.aConstraintUsage[0].argvIndex = 1
            plan.pointee.aConstraintUsage[0].omit = 1
            return SQLITE_OK
        }
        module.xOpen = { _, result in
            let new = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
            new.initialize(to: Cursor())
            result?.pointee = UnsafeMutableRawPointer(new).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }
        module.xClose = { base in
            SQLiteBatch.cursor(base).deallocate()
            return SQLITE_OK
        }
        module.xFilter = { base, _, _, _, arguments in
            guard let pointer = sqlite3_value_pointer(arguments?[0], SQLiteBatch.pointerType) else {
                return SQLITE_MISUSE
            }
            let batch = Unmanaged<SQLiteBatch>.fromOpaque(pointer).takeUnretainedValue()
            let cursor = SQLiteBatch.cursor(base)
            cursor.pointee.cells = UnsafePointer(batch.cells)
            cursor.pointee.isUTF16 = batch.isUTF16
            cursor.pointee.columns = batch.columns
            cursor.pointee.rows = batch.rows
            cursor.pointee.row = 0
            return SQLITE_OK
        }
        module.xNext = { base in
            SQLiteBatch.cursor(base).pointee.row += 1
            return SQLITE_OK
        }
        module.xEof = { base in
            let cursor = SQLiteBatch.cursor(base)
            return cursor.pointee.row < cursor.pointee.rows ? 0 : 1
        }
        module.xColumn = { base, context, column in
            let cursor = SQLiteBatch.cursor(base)
            let index = Int(column)
            guard let cells = cursor.pointee.cells, index < cursor.pointee.columns else { return SQLITE_OK }
            let cell = cells + (cursor.pointee.row * cursor.pointee.columns + index)
            switch cell.pointee.kind {
            case .null: break
            case .integer: sqlite3_result_int64(context, cell.pointee.integer)
            case .real: sqlite3_result_double(context, cell.pointee.real)
            // Static, all of these: the batch stays as it is until the statement has ended.
            case .blob:
                sqlite3_result_blob(context, cell.pointee.utf8.baseAddress, Int32(cell.pointee.utf8.count), nil)
            case .text where cursor.pointee.isUTF16:
                sqlite3_result_text16(context, cell.pointee.utf8.baseAddress, Int32(cell.pointee.utf8.count), nil)
            case .text, .decimal:
                sqlite3_result_text(
                    context, cell.pointee.utf8.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(cell.pointee.utf8.count), nil)
            }
            return SQLITE_OK
        }
        module.xRowid = { base, row in
            row?.pointee = Int64(SQLiteBatch.cursor(base).pointee.row)
            return SQLITE_OK
        }
        let address = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        address.initialize(to: module)
        return UnsafePointer(address)
    }()
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
