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
        "A fraction is written as people write it, whichever engine it comes from",
        arguments: [
            (0, "0"), (-0.0, "0"), (2, "2"), (-2, "-2"), (100, "100"), (12345, "12345"), (1.5, "1.5"), (-0.25, "-0.25"),
            (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"), (0.00005, "0.00005"), (0.000001, "0.000001"),
            (0.0000001, "1e-7"), (0.000000125, "1.25e-7"), (1e15, "1000000000000000"), (1e16, "10000000000000000"),
            (123_456_789_012_345_680, "123456789012345680"), (1e20, "100000000000000000000"),
            (123.456, "123.456"), (1e21, "1e21"), (-1.5e300, "-1.5e300"), (.infinity, "inf"),
            (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e308"),
        ])
    func fractions(number: Double, text: String) {
        Self.with([.real(number)]) { #expect($0.text(0) == text) }
        #expect(Double(text) == number)
    }

    @Test("A decimal number is a number and a text with all its digits")
    func decimal() {
        for (digits, integer, number) in [
            ("7.50", 7, 7.5), ("-0.000001", 0, -0.000001), ("18446744073709551615", nil, 0x1p64), ("12", 12, 12),
        ] as [(String, Int64?, Double)] {
            var digits = digits
            digits.withUTF8 { utf8 in
                Self.with([.decimal(UnsafeRawBufferPointer(utf8))]) { row in
                    #expect(row.integer(0) == integer)
                    #expect(row.number(0) == number)
                    #expect(row.text(0) == String(decoding: utf8, as: UTF8.self))
                    #expect(row.utf8(0)?.count == utf8.count)
                    #expect(row.values == [.text(String(decoding: utf8, as: UTF8.self))])
                }
            }
        }
    }

    @Test("A column that a server has left out is NULL")
    func missingColumn() {
        Self.with([.integer(1)]) { row in
            #expect(row.isNull(1))
            #expect(row.text(1) == nil && row.integer(2) == nil && row.number(9) == nil && row.utf8(1) == nil)
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
