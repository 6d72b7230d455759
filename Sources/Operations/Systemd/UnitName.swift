import FoundationEssentials

/// The name of a systemd unit that is started by name, such as `pnbook-failed@%n.service`.
package struct UnitName: Sendable {
    /// As a unit's setting has it.
    package let text: String

    private static let types: Set = [
        "service", "socket", "device", "mount", "automount", "swap", "target", "path", "timer", "slice", "scope",
    ]
    /// What systemd puts in for the unit that the name is written in, and for the machine.
    private static let specifiers = "nNpHlmb"
    private static let folders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]

    /// - Returns: nil for what systemd would not take, and ignore in the night in which it is needed.
    package init?(_ text: String) {
        guard let dot = text.lastIndex(of: "."), Self.types.contains(String(text[text.index(after: dot)...])),
            text.utf8.count <= 255
        else { return nil }
        let name = text[..<dot]
        let plain = name.replacing(/%./, with: "x")
        let parts = plain.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let specifiers = name.matches(of: /%(.?)/).map { String($0.1) }
        // A template without an instance cannot be started.
        guard parts.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(Self.isAllowed) }),
            specifiers.allSatisfy({ $0.count == 1 && Self.specifiers.contains($0) })
        else { return nil }
        self.text = text
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ":", "-", "_", ".", "\\", "@": true
        default: false
        }
    }

    /// Whether a file for it, or for its template, is where an administrator or a package puts units.
    var isInstalled: Bool {
        let template = text.replacing(/@.*\./, with: "@.")
        return Self.folders.contains { folder in
            [text, template].contains { FileManager.default.fileExists(atPath: folder + "/" + $0) }
        }
    }
}
