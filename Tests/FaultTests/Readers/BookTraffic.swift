import Database
import Foundation
import Harness
import Synchronization
import TestSupport

/// Whoever makes and removes books around the readers: processes of the program, as the timer and an admin start them.
final class BookTraffic: Sendable {
    private struct State {
        var now = 0
        /// The digest that was reported of each book, by its id.
        var made: [Int64: String] = [:]
        var prunings = 0
    }

    private let url: String
    private let open: @Sendable () throws -> any Connection
    private let state = Mutex(State())

    init(_ scene: Scene) throws {
        url = scene.url
        nonisolated(unsafe) let database = scene.database
        open = { try database.connect() }
        // The scene's own first book.
        let shown = try Self.document(["show", "1"], url)
        state.withLock { $0.made[1] = shown["digest"]?.string }
    }

    /// Runs the program to its end and returns what it reports.
    private static func document(_ words: [String], _ url: String) throws -> JSON {
        let result = try Program.run(words + ["--json", "--database", url])
        guard result.code == 0 else { throw TrafficError(what: "\(words): exit \(result.code), \(result.stderr)") }
        return try result.json
    }

    var made: [Int64: String] { state.withLock { $0.made } }
    var prunings: Int { state.withLock { $0.prunings } }

    /// Six hours a book: four of a day, of which retention leaves one.
    private func now(after step: Int) -> String {
        let now = state.withLock { state in
            state.now += step
            return state.now
        }
        let noon = Date(timeIntervalSince1970: 1_793_620_800)
        return ISO8601DateFormatter().string(from: noon.addingTimeInterval(Double(now) * 21_600))
    }

    /// Changes the catalogue and makes a book of it, again and again.
    func create(until isOver: () -> Bool) throws {
        let editor = try open()
        defer { editor.close() }
        var edition = 1
        while !isOver() {
            edition += 1
            try editor.execute(
                """
                UPDATE lot_partnumbers SET description = \("edition \(edition)"), lot_name = \("LOT-\(edition % 9)")
                WHERE MOD(CRC32(partnumber), 5) = \(edition % 5)
                """)
            try editor.execute(
                """
                INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description)
                VALUES ('w', \("NEW-\(edition)"), 'LOT', NULL)
                """)
            let document = try Self.document(["create", "--wait", "60s", "--now", now(after: 1)], url)
            guard let book = document["book"], let id = book["id"]?.integer, let digest = book["digest"]?.string
            else { throw TrafficError(what: "create reports \(document)") }
            state.withLock { $0.made[id] = digest }
        }
    }

    /// Removes what is too much, again and again.
    func prune(until isOver: () -> Bool) throws {
        while !isOver() {
            _ = try Self.document(["prune", "--wait", "60s", "--now", now(after: 0)], url)
            state.withLock { $0.prunings += 1 }
            usleep(300_000)
        }
    }
}

/// What makes or removes books has failed.
struct TrafficError: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
