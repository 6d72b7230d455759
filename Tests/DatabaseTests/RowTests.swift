import Database
import Testing

/// What a row makes of its cells, without any engine.
@Suite("Rows")
struct RowTests {
    private static func with<Result>(_ cells: [Cell], _ body: (Row) throws -> Result) rethrows -> Result {
        var cells = cells
        return try cells.withUnsafeMutableBufferPointer { try body(Row(cells: $0)) }
    }

    private static func withText<Result>(_ text: String, _ body: (Row) throws -> Result) rethrows -> Result {
        var text = text
        return try text.withUTF8 { utf8 in
            try with([.text(UnsafeRawBufferPointer(utf8))], body)
        }
    }

    @Test("NULL is nil whatever is asked for")
    func null() {
        Self.with([.null]) { row in
            #expect(row.isNull(0))
            #expect(row.text(0) == nil)
            #expect(row.integer(0) == nil)
            #expect(row.number(0) == nil)
            #expect(row.utf8(0) == nil)
            #expect(row.values == [.null])
        }
    }

    @Test("A whole number is a text and a number too, but has no bytes in place")
    func integer() {
        Self.with([.integer(-42)]) { row in
            #expect(!row.isNull(0))
            #expect(row.text(0) == "-42")
            #expect(row.integer(0) == -42)
            #expect(row.number(0) == -42)
            #expect(row.utf8(0) == nil)
            #expect(row.values == [.integer(-42)])
        }
    }

    @Test("A fraction is cut towards zero where a whole number is asked for")
    func real() {
        Self.with([.real(2.9), .real(-2.9), .real(1e30), .real(.infinity)]) { row in
            #expect(row.integer(0) == 2)
            #expect(row.integer(1) == -2)
            #expect(row.integer(2) == nil)
            #expect(row.integer(3) == nil)
            #expect(row.number(0) == 2.9)
            #expect(row.text(0) == "2.9")
            #expect(row.utf8(0) == nil)
        }
    }

    @Test(
        "Text is a number exactly when it reads as one",
        arguments: [
            ("7", 7, 7), ("-7", -7, -7), ("9223372036854775807", Int64.max, 0x1p63),
            ("9223372036854775808", nil, 0x1p63), ("7.50", nil, 7.5), ("", nil, nil),
            ("seven", nil, nil), ("7 ", nil, nil),
        ] as [(String, Int64?, Double?)])
    func numbersAsText(text: String, integer: Int64?, number: Double?) {
        Self.withText(text) { row in
            #expect(row.integer(0) == integer)
            #expect(row.number(0) == number)
            #expect(row.text(0) == text)
            #expect(row.utf8(0).map { Array($0) } == Array(text.utf8))
            #expect(row.values == [.text(text)])
        }
    }
}
