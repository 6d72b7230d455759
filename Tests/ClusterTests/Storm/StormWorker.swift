import Foundation
import Harness
import TestSupport

/// Runs one verb after the other, on whichever node, and keeps what the program says of it.
final class StormWorker: @unchecked Sendable {
    // Used by one thread, hence unchecked.
    private var random: SplitMix64
    private let scene: ClusterScene
    private let gates: [String]
    private let host: String
    private let tally: StormTally

    /// - Parameter gates: what stands in a URL for hosts and leads to any node that answers.
    init(_ scene: ClusterScene, gates: [String], host: String, seed: UInt64, _ tally: StormTally) {
        random = SplitMix64(seed: seed)
        self.scene = scene
        self.gates = gates
        self.host = host
        self.tally = tally
    }

    private func place() -> String {
        random.chance(60) ? scene.url(hosts: random.pick(gates)) : scene.url(random.pick(scene.cluster.nodes))
    }

    func next() throws {
        switch random.below(100) {
        case 0..<55: try create()
        case 55..<65: try run(["activate", random.pick(["previous", "newest"])], allowing: [0, 1, 11, 64, 69, 75])
        case 65..<72: try run(["prune"], allowing: [0, 11, 14, 69, 75, 143])
        case 72..<76: try run(["task", "cancel"], allowing: [0, 1, 69, 75])
        case 76..<86: try run(["list"], allowing: [0, 69, 75])
        case 86..<95: try run(["verify", "active"], allowing: [0, 69, 75])
        default: try edit()
        }
    }

    private func run(_ words: [String], allowing codes: Set<Int32>) throws {
        let result = try scene.run(words, at: place(), host: host, seconds: 600)
        tally.count("run: \(words.prefix(2).joined(separator: " ")) = \(result.code)")
        if !codes.contains(result.code) { tally.violation("\(words): \(result.code) \(result.said)") }
    }

    private func create() throws {
        let run = try scene.start(
            ["create", "--json", "--wait", random.pick(["0s", "5s", "90s"])], at: place(), host: host)
        if random.chance(4) {
            usleep(UInt32(random.below(700_000)))
            run.signal(SIGKILL)
            try run.wait()
            tally.count("run: create killed")
            return
        }
        let result = try run.result(600)
        tally.count("run: create = \(result.code)")
        if ![0, 11, 69, 75, 143].contains(result.code) { tally.violation("create: \(result.code) \(result.said)") }
        guard let document = try? result.json, let task = document["task"]?["id"]?.string else { return }
        let version = result.code == 0 ? document["book"]?["version"]?.string : nil
        // Who says that it cannot know has said nothing wrong.
        guard result.code == 0 || !result.said.contains("either the old book or the new one") else { return }
        tally.add(.init(task: task, version: version, said: result.said))
    }

    /// Changes both rows of a pair in one transaction.
    private func edit() throws {
        let (pair, value) = (random.below(StormScene.pairs), random.below(1_000_000))
        do {
            try random.pick(scene.cluster.nodes).rows(
                "UPDATE lot_partnumbers SET description = 'value \(value)' WHERE lot_name = 'PAIR-\(pair)'",
                in: scene.schema)
            tally.count("edits")
        } catch {
            tally.count("edits in vain")
        }
    }
}

/// The catalogue of a storm.
enum StormScene {
    /// Rows that are only changed two by two.
    static let pairs = 60

    static func fill(_ scene: ClusterScene) throws {
        let rows = (0..<pairs).flatMap { pair in
            ["L", "R"].map { "('', 'PAIR-\(pair)-\($0)', 'PAIR-\(pair)', 'value 0')" }
        }
        try scene.rows(
            "INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description) VALUES \(rows.joined(separator: ","))"
        )
    }
}
