import Foundation
import Harness
import TestSupport
import Testing

/// A small catalogue in a schema of its own, as each of the nodes shows it.
final class ClusterScene: Sendable {
    let cluster: GaleraCluster
    let schema: String
    private let folder: ScratchFolder

    var a: ClusterNode { cluster.a }
    var b: ClusterNode { cluster.b }
    var c: ClusterNode { cluster.c }

    /// - Parameters:
    ///   - rows: mappings in the catalogue.
    ///   - isMigrated: to 028, with one book.
    init(_ cluster: GaleraCluster, rows: Int = 400, isMigrated: Bool = true) throws {
        self.cluster = cluster
        schema = "s" + UUID().uuidString.prefix(8).lowercased()
        folder = try ScratchFolder()
        try cluster.a.rows("CREATE DATABASE \(schema)")
        try load(rows, edition: 1)
        if isMigrated {
            let made = try run(["create", "--migrate", "--now", "2026-01-01T03:00:00Z"])
            #expect(made.code == 0, "\(made.stderr)")
        }
    }

    convenience init(rows: Int = 400, isMigrated: Bool = true) throws {
        try self.init(SharedCluster.whole(), rows: rows, isMigrated: isMigrated)
    }

    /// Puts a catalogue in place of what is there.
    func load(_ rows: Int, edition: Int) throws {
        try writeCatalogue(rows, edition: edition)
        let loaded = try run(["load", folder.path, "--replace"])
        #expect(loaded.code == 0, "\(loaded.stderr)")
    }

    /// Makes two books of the first of February: a third one of that day makes work for retention.
    func fillDay() throws {
        for hour in 1...2 {
            let made = try run(["create", "--now", "2026-02-01T0\(hour):00:00Z"])
            #expect(made.code == 0, "\(made.stderr)")
        }
    }

    /// Writes a catalogue's file, and returns the folder that `load` takes.
    @discardableResult
    func writeCatalogue(_ rows: Int, edition: Int) throws -> String {
        var text = "partnumber,lot_name,description\n"
        for row in 0..<rows { text += "PN-\(row),LOT-\(row % 7),edition \(edition)\n" }
        try folder.write(text, to: "lot_partnumbers.csv")
        return folder.path
    }

    // MARK: The program

    /// The schema's URL at one node, or at something that stands before the nodes.
    func url(_ node: ClusterNode? = nil) -> String {
        "mariadb://root@localhost/\(schema)?socket=\((node ?? a).server.socket)"
    }

    func url(hosts: String) -> String { "mariadb://root@\(hosts)/\(schema)?tls=disable" }

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - url: nil for the first node.
    ///   - host: what the machine is called that it believes to run on; nil for this one's name. A dead process of another
    ///     machine cannot be seen.
    func start(_ words: [String], at url: String? = nil, host: String? = nil) throws -> ChildRun {
        let variables = ProcessInfo.processInfo.environment.merging(["XDG_CONFIG_HOME": "/dev/null"]) { $1 }
        return try ChildRun(
            (host.map(Self.launcher) ?? []) + [TestProgram.pnbook.path] + words + ["--database", url ?? self.url()],
            environment: variables)
    }

    /// Runs the program to its end.
    func run(_ words: [String], at url: String? = nil, host: String? = nil, seconds: Double = 180) throws
        -> ProgramResult
    {
        try start(words, at: url, host: host).result(seconds)
    }

    /// Makes a third book of the day through a gate.
    ///
    /// - Returns: what the run said, and how many seconds it took.
    func createThirdBook(through gate: ClusterGate, seconds: Double = 180) throws -> (
        report: ProgramResult, took: String
    ) {
        let began = ContinuousClock.now
        let report = try run(
            ["create", "--now", "2026-02-01T03:00:00Z", "--json"], at: url(hosts: gate.hosts), seconds: seconds)
        return (report, (ContinuousClock.now - began).tenths)
    }

    private static func launcher(_ host: String) -> [String] {
        ["unshare", "--uts"] + (getuid() == 0 ? [] : ["--map-root-user"])
            + ["sh", "-c", "hostname \"$0\" && exec \"$@\"", host]
    }

    // MARK: What is there

    @discardableResult
    func rows(_ query: String, on node: ClusterNode? = nil) throws -> [String] {
        try (node ?? a).rows("SET SESSION wsrep_sync_wait = 15; " + query, in: schema)
    }

    /// `version active items`, newest first.
    func books(on node: ClusterNode? = nil) throws -> [String] {
        try rows(
            """
            SELECT CONCAT_WS(' ', version, is_active, (SELECT COUNT(*) FROM qt_partnumber_book_items i WHERE i.book_id = b.id))
            FROM qt_partnumber_books b ORDER BY created_at DESC, id DESC
            """, on: node)
    }

    /// Versions of the books that a run's task has published, whether or not they are there still.
    func books(ofTask id: String) throws -> [String] {
        try rows("SELECT version FROM pnbook_book_ledger WHERE task_id = '\(id)' ORDER BY book_id")
    }

    /// What must be true whatever has happened, once all nodes are there again; what is not, in words.
    func expectWhole(_ location: SourceLocation = #_sourceLocation) throws {
        try cluster.heal()
        let checker = ClusterChecker(schema: schema)
        for node in cluster.nodes { #expect(try checker.violations(on: node) == [], sourceLocation: location) }
        #expect(try checker.differences(between: cluster.nodes) == [], sourceLocation: location)
    }

    /// Makes sure that a report of `create` that has succeeded says what the ledger says: of this run's task there is one book,
    /// the reported one.
    func expectTrue(_ report: ProgramResult, _ location: SourceLocation = #_sourceLocation) throws {
        guard report.code == 0 else {
            Issue.record("\(report.code): \(report.stderr)", sourceLocation: location)
            return
        }
        let task = try report.json["task"]?["id"]?.string ?? ""
        let version = try report.json["book"]?["version"]?.string ?? ""
        #expect(try books(ofTask: task) == [version], "\(report.said)", sourceLocation: location)
        #expect(try books().first?.hasPrefix(version + " 1 ") == true, "\(report.said)", sourceLocation: location)
    }
}
