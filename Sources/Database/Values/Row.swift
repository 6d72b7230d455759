/// The current row of a streamed result: a view, valid only inside the closure that receives it.
///
/// Columns count from zero, in the order of the SELECT list. A column that a dishonest server omits is NULL, and noted for
/// whoever reads the result.
package struct Row {
    package let cells: UnsafeMutableBufferPointer<Cell>
    private let isColumnMissing: UnsafeMutablePointer<Bool>?

    /// - Parameter isColumnMissing: becomes true where a column is asked for that the row does not have.
    package init(cells: UnsafeMutableBufferPointer<Cell>, isColumnMissing: UnsafeMutablePointer<Bool>? = nil) {
        self.cells = cells
        self.isColumnMissing = isColumnMissing
    }

    /// The value as the engine hands it out.
    package func cell(_ column: Int) -> Cell {
        if column < cells.count { return cells[column] }
        isColumnMissing?.pointee = true
        return .null
    }

    package func isNull(_ column: Int) -> Bool {
        cell(column).kind == .null
    }

    /// The bytes in place of a text, a decimal number or a BLOB, as they are; nil for NULL, and for other numbers, which have
    /// no bytes: ask ``text(_:)``. Whether they are UTF-8 has not been looked at.
    package func utf8(_ column: Int) -> UnsafeRawBufferPointer? {
        let cell = cell(column)
        return switch cell.kind {
        case .text, .decimal, .blob: cell.utf8
        case .null, .integer, .real: nil
        }
    }

    /// The value as text, or nil for NULL. What is not UTF-8 is repaired with U+FFFD.
    package func text(_ column: Int) -> String? {
        let cell = cell(column)
        switch cell.kind {
        case .null: return nil
        case .integer: return String(cell.integer)
        case .real: return cell.real.decimalText
        case .text, .decimal, .blob: return String(decoding: cell.utf8, as: UTF8.self)
        }
    }

    /// The value as a whole number, cut towards zero; nil for NULL, for text that is not a number and for what 64
    /// bits do not hold.
    package func integer(_ column: Int) -> Int64? {
        let cell = cell(column)
        switch cell.kind {
        case .null: return nil
        case .integer: return cell.integer
        case .real: return Int64(exactly: cell.real.rounded(.towardZero))
        case .decimal: return Int64(String(decoding: cell.utf8.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self))
        case .text, .blob: return Int64(String(decoding: cell.utf8, as: UTF8.self))
        }
    }

    /// The value as a number; nil for NULL and for text that is not a number. A text may say that it is
    /// infinite, or not a number.
    package func number(_ column: Int) -> Double? {
        let cell = cell(column)
        switch cell.kind {
        case .null: return nil
        case .integer: return Double(cell.integer)
        case .real: return cell.real
        case .text, .decimal, .blob: return Double(String(decoding: cell.utf8, as: UTF8.self))
        }
    }

    /// The row's values, copied out; a decimal number and a BLOB as text.
    package var values: [Value] {
        cells.indices.map { column in
            switch cells[column].kind {
            case .null: .null
            case .integer: .integer(cells[column].integer)
            case .real: .real(cells[column].real)
            case .text, .decimal, .blob: .text(String(decoding: cells[column].utf8, as: UTF8.self))
            }
        }
    }
}
