/// One value of a row in the engine's own memory.
///
/// What the bytes point to is the driver's, and valid only until the next row is fetched.
package struct Cell {
    package enum Kind: Sendable {
        case null
        case integer
        case real
        /// A number that neither of the two holds exactly, in decimal digits: a DECIMAL, or a whole number beyond 63 bits.
        case decimal
        /// What the engine calls text. It need not be UTF-8: SQLite keeps the bytes that it is given.
        case text
        /// Bytes that the engine does not call text.
        case blob
    }

    package var kind: Kind
    package var integer: Int64
    package var real: Double
    /// The bytes of a text, a decimal number or a BLOB, not terminated.
    package var utf8: UnsafeRawBufferPointer

    package static var null: Cell { Cell(kind: .null, integer: 0, real: 0, utf8: .init(start: nil, count: 0)) }

    package static func integer(_ value: Int64) -> Cell {
        Cell(kind: .integer, integer: value, real: 0, utf8: .init(start: nil, count: 0))
    }

    package static func real(_ value: Double) -> Cell {
        Cell(kind: .real, integer: 0, real: value, utf8: .init(start: nil, count: 0))
    }

    /// - Parameter digits: ASCII: a sign, digits, a point.
    package static func decimal(_ digits: UnsafeRawBufferPointer) -> Cell {
        Cell(kind: .decimal, integer: 0, real: 0, utf8: digits)
    }

    package static func text(_ utf8: UnsafeRawBufferPointer) -> Cell {
        Cell(kind: .text, integer: 0, real: 0, utf8: utf8)
    }

    package static func blob(_ bytes: UnsafeRawBufferPointer) -> Cell {
        Cell(kind: .blob, integer: 0, real: 0, utf8: bytes)
    }
}

/// The current row of a streamed result: a view, valid only inside the closure that receives it.
///
/// Columns count from zero, in the order of the SELECT list. A column that a dishonest server omits is NULL.
package struct Row {
    package let cells: UnsafeMutableBufferPointer<Cell>

    package init(cells: UnsafeMutableBufferPointer<Cell>) {
        self.cells = cells
    }

    /// The value as the engine hands it out.
    package func cell(_ column: Int) -> Cell {
        column < cells.count ? cells[column] : .null
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
