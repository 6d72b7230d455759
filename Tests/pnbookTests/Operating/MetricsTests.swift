import Foundation
import Harness
import Operations
import TestSupport
import Testing

/// `metrics` and `create --metrics`: metrics for a collector.
@Suite("Metrics")
struct MetricsTests {
    /// The metrics by name and labels; fails on a line that no collector would read.
    private static func metrics(_ text: String) throws -> [String: Double] {
        var metrics: [String: Double] = [:]
        var described: Set<Substring> = []
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: /# (?:HELP|TYPE) (pnbook_[a-z_]+) .+/) {
                described.insert(match.1)
                continue
            }
            let match = try #require(
                line.wholeMatch(of: /((pnbook_[a-z_]+)(?:\{[a-z_]+="[^"\n]*"\})?) (-?[0-9.]+)/), "\(line)")
            #expect(described.contains(match.2), "\(match.2) is not described")
            #expect(
                metrics.updateValue(try #require(Double(match.3)), forKey: String(match.1)) == nil, "twice: \(line)")
        }
        #expect(text.hasSuffix("\n"))
        return metrics
    }

    @Test("The metrics are those of the run, of the books and of retention", arguments: TestEngine.allCases)
    func values(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        for day in 16...19 { try database.succeed("create", "--migrate", "--now", "2026-11-\(day)T03:00:00Z") }
        let made = try database.succeed("create", "--json", "--now", "2026-11-20T03:00:00Z").json
        let metrics = try Self.metrics(
            try database.succeed("metrics", "--now", "2026-11-20T06:00:00Z").stdout)
        #expect(metrics["pnbook_build_info{version=\"\(ProgramVersion.number)\"}"] == 1)
        let created = "{type=\"partnumber_book_create\"}"
        let success = try #require(metrics["pnbook_task_last_success_timestamp_seconds" + created])
        #expect((1_795_143_600..<1_795_143_700).contains(success), "three in the morning, and a moment")
        #expect(metrics["pnbook_task_last_failure_timestamp_seconds" + created] == nil)
        #expect(metrics["pnbook_task_last_exit_code" + created] == 0)
        #expect(try #require(metrics["pnbook_task_last_duration_seconds" + created]) < 60)
        #expect(metrics["pnbook_create_source_rows"] == made["source"]?["rows"]?.integer.map(Double.init))
        for reason in ["empty_partnumber", "empty_lot", "ignored", "empty_bundle"] {
            #expect(
                metrics["pnbook_create_excluded_rows{reason=\"\(reason)\"}"]
                    == made["excluded"]?[reason]?.integer.map(Double.init))
        }
        for name in ["expanded_rows", "merged_duplicates", "quantities_dropped"] {
            #expect(metrics["pnbook_create_" + name] == made[name]?.integer.map(Double.init))
        }
        let changes = ["added", "removed", "remapped", "changed", "unchanged"].map {
            metrics["pnbook_create_changes{change=\"\($0)\"}"]
        }
        #expect(changes == [0, 0, 0, 0, 365] && metrics["pnbook_create_items"] == 546)
        #expect(metrics["pnbook_create_conflicts"] == 3 && metrics["pnbook_create_warnings"] == 1)
        #expect(metrics["pnbook_books"] == 5 && metrics["pnbook_active_books"] == 1)
        let tiers = ["daily", "weekly", "monthly", "yearly"].map { metrics["pnbook_books_kept{tier=\"\($0)\"}"] }
        #expect(tiers == [5, 1, 1, 1])
        #expect(metrics["pnbook_active_book_info{version=\"PNBOOK-2026-11-20-001\"}"] == 1)
        #expect(metrics["pnbook_active_book_created_timestamp_seconds"] == 1_795_143_600)
        #expect(metrics["pnbook_active_book_items"] == 546 && metrics["pnbook_active_book_partnumbers"] == 365)
    }

    @Test("In JSON the metrics are the same")
    func json() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let document = try database.succeed("metrics", "--json").json
        let kept = document["metrics"]?.elements?.first { $0["labels"]?["tier"] == "weekly" }
        #expect(kept?["name"] == "pnbook_books_kept" && kept?["value"] == 1)
        let metrics = try Self.metrics(database.succeed("metrics").stdout)
        #expect(document["metrics"]?.elements?.count == metrics.count)
    }

    @Test("Before the first book there is little to say, and it is said", arguments: TestEngine.allCases)
    func empty(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        let metrics = try Self.metrics(try database.succeed("metrics").stdout)
        #expect(metrics["pnbook_books"] == nil)
        #expect(metrics["pnbook_task_last_exit_code{type=\"catalogue_load\"}"] == 0)
    }

    @Test("create leaves the metrics of each run in a file that others may read; also of one that fails")
    func afterEachRun() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 9))
        let file = database.folder + "/pnbook.prom"
        try database.succeed("create", "--metrics", file)
        #expect(try Self.metrics(String(contentsOfFile: file, encoding: .utf8))["pnbook_active_book_items"] == 9)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o644)
        try database.load(Catalogues.plain(parts: 1))
        let result = try database.pnbook(["create"], environment: ["PNBOOK_METRICS": file])
        #expect(result.code == 14)
        let metrics = try Self.metrics(String(contentsOfFile: file, encoding: .utf8))
        #expect(metrics["pnbook_task_last_exit_code{type=\"partnumber_book_create\"}"] == 14)
        #expect(metrics["pnbook_active_book_items"] == 9)
        // What the refused run has seen.
        #expect(metrics["pnbook_create_source_rows"] == 1 && metrics["pnbook_create_items"] == 1)
        #expect(metrics["pnbook_create_changes{change=\"removed\"}"] == 8)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: database.folder).filter { $0.contains("part") } == [])
    }

    @Test("A file that cannot be written changes nothing of the run, and a dry run writes none")
    func unwritable() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 9))
        let result = try database.pnbook("create", "--metrics", "/nowhere/pnbook.prom")
        #expect(result.code == 0)
        #expect(result.stderr.contains("warning: the metrics in /nowhere/pnbook.prom are as before"))
        let file = database.folder + "/dry.prom"
        try database.succeed("create", "--dry-run", "--metrics", file)
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try database.pnbook("metrics", "--to", "/nowhere/pnbook.prom").code == 74)
        try database.succeed("metrics", "--to", file)
        #expect(try Self.metrics(String(contentsOfFile: file, encoding: .utf8))["pnbook_books"] == 2)
    }

    @Test(
        "A file that no run of ours has written is never replaced: by a flag it is refused, by a setting it is warned of"
    )
    func foreignFiles() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 9))
        let folder = try ScratchFolder()
        let note = try folder.write("a note\n", to: "note.prom")
        let copy = try folder.write(Data(contentsOf: URL(fileURLWithPath: database.path)), to: "copy.prom")
        let config = try folder.write("timezone = UTC\n", to: "pnbook.conf")
        for file in [database.path, config, note, copy] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            let words = "is not a file of pnbook's metrics"
            let books = try database.books()
            try database.pnbook("create", "--metrics", file).expectRefusal(64, saying: "--metrics", words)
            try database.pnbook("create", "--dry-run", "--metrics", file).expectRefusal(64, saying: "--metrics", words)
            try database.pnbook("metrics", "--to", file).expectRefusal(64, saying: "--to", words)
            #expect(try database.books() == books)
            if file != database.path { #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes) }
            let night = try database.pnbook(["create", "--quiet"], environment: ["PNBOOK_METRICS": file])
            #expect(night.code == 0 && night.stderr.contains("are as before") && night.stderr.contains(words))
            let sick = try database.pnbook(["doctor"], environment: ["PNBOOK_METRICS": file])
            #expect(sick.code == 78 && sick.stdout.contains("BROKEN  metrics: \(file) exists"))
            if file != database.path { #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes) }
        }
        try database.succeed("verify")
    }

    @Test("Nothing is written to what is no file, and the run is as it was")
    func noFiles() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 9))
        let folder = try ScratchFolder()
        let target = try folder.write("", to: "target.prom")
        try FileManager.default.createDirectory(atPath: folder.path + "/d.prom", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/l.prom", withDestinationPath: target)
        #expect(mkfifo(folder.path + "/f.prom", 0o600) == 0)
        for (name, words) in [
            ("d.prom", "is a folder"), ("l.prom", "is a symbolic link"), ("f.prom", "is a device or a pipe"),
        ] {
            let result = try database.pnbook("create", "--metrics", folder.path + "/" + name)
            #expect(result.code == 0 && result.stderr.contains("are as before") && result.stderr.contains(words))
            #expect(try database.pnbook("metrics", "--to", folder.path + "/" + name).code == 74)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)).isEmpty)
        let named = try database.pnbook(["doctor"], environment: ["PNBOOK_METRICS": folder.path + "/metrics.txt"])
        #expect(named.code == 0 && named.stdout.contains("note    metrics: node_exporter reads no file of this name"))
    }

    @Test("An empty file and one of an earlier run are replaced, and others may read it whatever the umask")
    func ownFiles() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 9))
        let folder = try ScratchFolder()
        let file = try folder.write("", to: "pnbook.prom")
        for umask in ["000", "022", "077"] {
            var program = RunProgram(["create", "--metrics", file, "--database", try database.url])
            program.umask = umask
            let result = try program.run()
            #expect(result.code == 0 && !result.stderr.contains("as before"), "\(result.stderr)")
            #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("# HELP pnbook_"))
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o644)
        }
    }
}
