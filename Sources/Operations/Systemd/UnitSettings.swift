import FoundationEssentials

/// The settings of a unit as it is installed, its drop-ins included.
struct UnitSettings {
    private var values: [Substring: [String]] = [:]

    /// - Parameter text: what `systemctl cat` prints; a line is one setting, as this program writes them.
    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix(";") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            // A setting without a value takes back what was given before, as drop-ins do.
            if parts[1].isEmpty {
                values[parts[0]] = nil
            } else {
                values[parts[0], default: []].append(String(parts[1]))
            }
        }
    }

    /// All values of a setting, in their order; none where it is not set.
    subscript(_ name: Substring) -> [String] { values[name] ?? [] }

    func isYes(_ name: Substring) -> Bool { ["yes", "true", "on", "1"].contains(self[name].last ?? "") }
}
