import Foundation

/// Numbers for people.
enum NumberText {
    static let none = "-"

    /// Three significant figures, never in powers of ten: `0.0123`, `1.23`, `123`.
    static func significant(_ value: Double?, _ figures: Int = 3) -> String {
        guard let value, value.isFinite else { return none }
        if value == 0 { return "0" }
        // Rounded first: 0.0099999 has the places of 0.0100.
        let rounded = Double(String(format: "%.\(figures - 1)e", value)) ?? value
        let magnitude = Int((log10(abs(rounded)) + 1e-9).rounded(.down))
        let decimals = min(9, max(0, figures - 1 - magnitude))
        return String(format: "%.\(decimals)f", value)
    }

    /// A ratio with two decimals.
    static func ratio(_ value: Double?, to base: Double?) -> String {
        guard let value, let base, base > 0 else { return none }
        return String(format: "%.2f", value / base)
    }

    static func milliseconds(_ seconds: Double?) -> String {
        significant(seconds.map { $0 * 1000 })
    }

    static func mebibytes(_ bytes: Int?) -> String {
        significant(bytes.map { Double($0) / 1_048_576 })
    }

    /// With groups of three: `1 306 512`.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(" ") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
