import Database
import Harness

@testable import PartnumberBooks

/// Numbers in whatever type another program keeps them: quantities, flags, and numbers where a text belongs.
extension FuzzKind {
    static let number = FuzzKind("number") { input in
        let real = Double(bitPattern: input.word)
        if real.isFinite { Finding.unlessSame(Double(real.decimalText), real, "the number in decimal") }
        Finding.unless(
            !real.decimalText.contains("+") && !real.decimalText.isEmpty, "the text \(real.decimalText)")
        input.bytes.withUnsafeBytes { bytes in
            let cells: [Cell] = [
                .null, .text(bytes), .blob(bytes), .real(real), .integer(Int64(bitPattern: input.word)),
            ]
            for cell in cells {
                if let quantity = Quantity.value(of: cell) { Finding.unless(quantity.isFinite, "\(quantity)") }
                if cell.kind != .text {
                    let isKnown = SourceFlag.value(of: cell, null: true) != nil
                    Finding.unlessSame(isKnown, cell.kind != .blob, "whether the flag means anything")
                }
            }
            checkWord(bytes)
        }
    }

    private static func checkWord(_ bytes: UnsafeRawBufferPointer) {
        let word = String(decoding: bytes, as: UTF8.self)
        let meaning = SourceFlag.value(of: .text(bytes), null: true)
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        let lower = isASCII ? word.lowercased() : "?"
        let yes = ["1", "true", "t", "yes", "y", "on"].contains(lower)
        let no = ["", "0", "false", "f", "no", "n", "off"].contains(lower)
        Finding.unlessSame(meaning, yes ? true : no ? false : nil, "the flag '\(word)'")
        // Only digits that are exactly one count as one.
        let digits = NaiveText.trimmed(word)
        if isASCII, digits.allSatisfy({ $0.isNumber || $0 == "." }), let value = Quantity.value(of: .text(bytes)) {
            let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
            let isOne = parts[0].drop { $0 == "0" } == "1" && parts.dropFirst().joined().allSatisfy { $0 == "0" }
            Finding.unlessSame(value == 1, isOne, "whether '\(digits)' is one")
        }
    }
}
