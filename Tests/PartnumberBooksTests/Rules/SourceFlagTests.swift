import Database
import PartnumberBooks
import Testing

/// What a flag says, without any engine (<doc:BookRules#Flag>).
@Suite("Flags of source tables")
struct SourceFlagTests {
    private static func value(_ text: String, _ make: (UnsafeRawBufferPointer) -> Cell) -> Bool? {
        var text = text
        return text.withUTF8 { SourceFlag.value(of: make(UnsafeRawBufferPointer($0)), null: false) }
    }

    @Test("A whole number is true unless it is zero", arguments: [0, 1, -1, 2, Int64.min, Int64.max])
    func integers(number: Int64) {
        #expect(SourceFlag.value(of: .integer(number), null: false) == (number != 0))
    }

    @Test(
        "A fraction is true unless it is zero",
        arguments: [0, -0.0, 0.5, -0.1, .leastNonzeroMagnitude, 1e300, .infinity] as [Double])
    func fractions(number: Double) {
        #expect(SourceFlag.value(of: .real(number), null: true) == (number != 0))
    }

    @Test(
        "A decimal number is true unless all of its digits are zero",
        arguments: [
            ("0", false), ("0.00", false), ("-0.000", false), ("000000", false), ("1", true), ("-1.00", true),
            ("0.0000000000000000000000000000000001", true), ("18446744073709551615", true),
        ])
    func decimals(digits: String, expected: Bool) {
        #expect(Self.value(digits, Cell.decimal) == expected)
    }

    @Test("The words for yes and no are taken in any case, and the empty text is a no")
    func words() {
        for word in ["1", "true", "t", "yes", "y", "on"] {
            #expect(Self.value(word, Cell.text) == true)
            #expect(Self.value(word.uppercased(), Cell.text) == true)
            #expect(Self.value(word.prefix(1).uppercased() + word.dropFirst(), Cell.text) == true)
        }
        for word in ["0", "false", "f", "no", "n", "off", ""] {
            #expect(Self.value(word, Cell.text) == false)
            #expect(Self.value(word.uppercased(), Cell.text) == false)
        }
    }

    @Test(
        "Any other text means nothing",
        arguments: [
            "2", "00", "0.0", "0.00", "-1", "+1", "1.0", " ", " 1", "1 ", "y\n", "yes!", "ja", "да", "ｙ", "y\u{0}",
            "\u{1}", "truetrue", "oﬀ", "ı", "TRUE ", "null", "é",
        ])
    func otherTexts(text: String) {
        #expect(Self.value(text, Cell.text) == nil)
    }

    @Test("Bytes mean nothing, whatever they are", arguments: ["", "1", "y", "\u{0}", "\u{1}"])
    func bytes(text: String) {
        #expect(Self.value(text, Cell.blob) == nil)
    }

    @Test("What NULL means is said by who asks")
    func null() {
        #expect(SourceFlag.value(of: .null, null: false) == false)
        #expect(SourceFlag.value(of: .null, null: true) == true)
    }
}
