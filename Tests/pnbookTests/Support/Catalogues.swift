import Foundation
import Harness
import TestSupport

/// Catalogues as the folders that `load` reads.
enum Catalogues {
    /// `fixtures/` of this checkout.
    static let fixtures = Checkout.root.appending(path: "fixtures").path

    /// A few hundred server parts.
    static let servers = fixtures + "/servers"

    static func rule(_ name: String) -> String { fixtures + "/rules/" + name }

    /// What a fixture's book is expected to be.
    static func expectation(of folder: String) throws -> JSON {
        try JSON(parsing: String(contentsOfFile: folder + "/expected.json", encoding: .utf8))
    }

    /// A catalogue of `parts` part numbers `PN-1`, `PN-2`, …, each with a LOT of its own.
    static func plain(parts: Int) -> [String: String] {
        mappings((1...max(1, parts)).prefix(parts).map { ",PN-\($0),LOT-\($0)" }.joined(separator: "\n"))
    }

    /// A catalogue of mappings alone; each line is `vendor,partnumber,lot_name`.
    static func mappings(_ lines: String) -> [String: String] {
        ["lot_partnumbers": "vendor,partnumber,lot_name\n" + lines + "\n"]
    }
}

extension ScratchFolder {
    /// Writes one file for each table and returns the folder.
    @discardableResult
    func writeCatalogue(_ tables: [String: String]) throws -> String {
        for (table, text) in tables { try write(text, to: table + ".csv", mode: 0o644) }
        return path
    }
}
