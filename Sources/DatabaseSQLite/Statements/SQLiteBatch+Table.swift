import CSQLite
import Database

extension SQLiteBatch {
    /// What a batch is called where a pointer to it is bound.
    static let pointerType: StaticString = "pnbook_batch"

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

    /// Lives as long as the program: connections keep its address. Unsafe because it is a pointer: what it points to is
    /// written here, before any other thread can have it, and SQLite only reads it.
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
            guard let pointer = sqlite3_value_pointer(arguments?[0], SQLiteBatch.pointerType.cString) else {
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
