/// One value of a row in the engine's own memory.
///
/// What the bytes point to is the driver's, and valid only until the next row is fetched.
package struct Cell {
    package enum Kind: Sendable {
        case null
        case integer
        case real
        case text
    }

    package var kind: Kind
    package var integer: Int64
    package var real: Double
    /// UTF-8, not terminated.
    package var utf8: UnsafeRawBufferPointer

    package static var null: Cell { Cell(kind: .null, integer: 0, real: 0, utf8: .init(start: nil, count: 0)) }

    package static func integer(_ value: Int64) -> Cell {
        Cell(kind: .integer, integer: value, real: 0, utf8: .init(start: nil, count: 0))
    }

    package static func real(_ value: Double) -> Cell {
        Cell(kind: .real, integer: 0, real: value, utf8: .init(start: nil, count: 0))
    }

    package static func text(_ utf8: UnsafeRawBufferPointer) -> Cell {
        Cell(kind: .text, integer: 0, real: 0, utf8: utf8)
    }
}

/// The current row of a streamed result: a view, valid only inside the closure that receives it.
///
/// Columns count from zero, in the order of the SELECT list.
package struct Row {
    package let cells: UnsafeMutableBufferPointer<Cell>

    package init(cells: UnsafeMutableBufferPointer<Cell>) {
        self.cells = cells
    }

    package func isNull(_ column: Int) -> Bool {
        cells[column].kind == .null
    }

    /// The text's bytes in place, or nil for NULL. A number is not text: ask ``text(_:)``.
    package func utf8(_ column: Int) -> UnsafeRawBufferPointer? {
        cells[column].kind == .text ? cells[column].utf8 : nil
    }

    /// The value as text, or nil for NULL.
    package func text(_ column: Int) -> String? {
        let cell = cells[column]
        switch cell.kind {
        case .null: return nil
        case .integer: return String(cell.integer)
        case .real: return String(cell.real)
        case .text: return String(decoding: cell.utf8, as: UTF8.self)
        }
    }

    /// The value as a whole number; nil for NULL and for text that is no number.
    package func integer(_ column: Int) -> Int64? {
        let cell = cells[column]
        switch cell.kind {
        case .null: return nil
        case .integer: return cell.integer
        case .real: return Int64(exactly: cell.real.rounded(.towardZero))
        case .text: return Int64(String(decoding: cell.utf8, as: UTF8.self))
        }
    }

    /// The value as a number; nil for NULL and for text that is no number.
    package func number(_ column: Int) -> Double? {
        let cell = cells[column]
        switch cell.kind {
        case .null: return nil
        case .integer: return Double(cell.integer)
        case .real: return cell.real
        case .text: return Double(String(decoding: cell.utf8, as: UTF8.self))
        }
    }

    /// The row's values, copied out.
    package var values: [Value] {
        cells.indices.map { column in
            switch cells[column].kind {
            case .null: .null
            case .integer: .integer(cells[column].integer)
            case .real: .real(cells[column].real)
            case .text: .text(String(decoding: cells[column].utf8, as: UTF8.self))
            }
        }
    }
}
