import Foundation

/// The texts that the page's sources ask for.
enum PageTexts {
    /// Reads the page's files in this checkout.
    ///
    /// - Returns: keys that are asked for as a whole, and what the others begin with: `t('status.' + status)`.
    static func asked() throws -> (whole: Set<String>, beginnings: Set<String>) {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/PnbookWeb/Page")
        // A key, wherever one is written: as an argument, in a choice, in a list of them.
        let key = /['"]([a-z][A-Za-z]*(?:\.[A-Za-z0-9_]+)+)['"]/
        let beginning = /'([a-z][A-Za-z]*(?:\.[A-Za-z]+)*\.)' \+/
        var whole: Set<String> = []
        var beginnings: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where (!file.hasPrefix("texts") || file == "texts-advice.js") && !file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for match in text.matches(of: key) { whole.insert(String(match.1)) }
            for match in text.matches(of: beginning) { beginnings.insert(String(match.1)) }
        }
        // Written like keys, and not of them.
        let others = whole.filter { $0.hasSuffix(".js") || $0.hasPrefix("pnbook.") }
        return (whole.subtracting(others), beginnings)
    }
}
