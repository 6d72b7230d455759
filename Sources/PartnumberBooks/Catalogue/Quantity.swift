import Database

/// How many of a component a bundle holds (`qty`), in whatever type another program keeps it.
enum Quantity {
    /// The number; nil for NULL, and for what is not a number.
    ///
    /// Always finite, so that it can be printed. It is 1 only where the digits are exactly 1: a `Double` holds 17 of a
    /// DECIMAL's 65 digits.
    static func value(of cell: Cell) -> Double? {
        switch cell.kind {
        case .null, .blob: return nil
        case .integer: return Double(cell.integer)
        // A server can send what no column of it holds.
        case .real: return cell.real.isNaN ? nil : finite(cell.real)
        case .text, .decimal:
            let digits = String(decoding: Whitespace.trimmed(cell.utf8), as: UTF8.self)
            guard let number = Double(digits), !number.isNaN else { return nil }
            return number == 1 && !isOne(digits) ? number.nextUp : finite(number)
        }
    }

    private static func finite(_ number: Double) -> Double {
        min(max(number, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }

    /// `1`, `1.000`, `01`, `+1.0`; and anything that is not written in plain digits.
    private static func isOne(_ digits: String) -> Bool {
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else { return true }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return parts.first?.drop { $0 == "0" } == "1" && parts.dropFirst().allSatisfy { $0.allSatisfy { $0 == "0" } }
    }
}
