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
