extension Double {
    /// The number as people write it: the fewest decimal digits that tell it from its neighbours, without a point where it is
    /// whole; an exponent only beyond 21 digits before the point or six zeros behind it.
    ///
    /// One rule for both engines, which differ: the same number is `2.0` in SQLite's own words and `2` in MariaDB's.
    package var decimalText: String {
        guard isFinite else { return "\(self)" }
        if self == 0 { return "0" }
        let parts = "\(magnitude)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        // The digits without their point, and how many of them are before it.
        var digits = mantissa.joined()
        var whole = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.last == "0" { digits.removeLast() }
        let zeros = digits.prefix { $0 == "0" }.count
        digits.removeFirst(zeros)
        whole -= zeros
        let text =
            switch whole {
            case -5...0: "0." + String(repeating: "0", count: -whole) + digits
            case 1...21 where whole >= digits.count: digits + String(repeating: "0", count: whole - digits.count)
            case 1...21: "\(digits.prefix(whole)).\(digits.dropFirst(whole))"
            default: "\(digits.prefix(1))\(digits.count > 1 ? "." : "")\(digits.dropFirst())e\(whole - 1)"
            }
        return (self < 0 ? "-" : "") + text
    }
}
