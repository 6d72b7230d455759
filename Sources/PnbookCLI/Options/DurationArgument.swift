/// Durations as flags take them.
enum DurationArgument {
    /// `90`, `90s`, `5m`, `1h` or `30d` in seconds; nil for anything else.
    static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? Substring(text) : text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Double(digits) else {
            return nil
        }
        let seconds = number * (unit ?? 1)
        // More than a hundred years is a typing error.
        return seconds <= 3_153_600_000 ? seconds : nil
    }
}
