import Database

/// How many of a component a bundle holds (`qty`), in whatever type another program keeps it.
enum Quantity {
    /// The number; nil where none is stated, which is also what a text says that is no number.
    ///
    /// Always finite, so that it can be printed. Is 1 only where the digits say exactly that: of a DECIMAL's 65 digits the
    /// number itself holds 17.
    static func value(of cell: Cell) -> Double? {
        switch cell.kind {
        case .null, .blob: return nil
        case .integer: return Double(cell.integer)
        case .real: return finite(cell.real)
        case .text, .decimal:
            let digits = String(decoding: Whitespace.trimmed(cell.utf8), as: UTF8.self)
            guard let number = Double(digits), !number.isNaN else { return nil }
            return number == 1 && !isOne(digits) ? number.nextUp : finite(number)
        }
    }

    private static func finite(_ number: Double) -> Double {
        min(max(number, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }

    /// `1`, `1.000`, `01`, `+1.0`; and what is written in another way than in plain digits.
    private static func isOne(_ digits: String) -> Bool {
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else { return true }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        return parts.first?.drop { $0 == "0" } == "1" && parts.dropFirst().allSatisfy { $0.allSatisfy { $0 == "0" } }
    }
}
