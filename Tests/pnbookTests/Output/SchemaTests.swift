import ArgumentParser
import Database
import Foundation
import Harness
import TestSupport
import Testing

@testable import Operations
@testable import PnbookCLI

/// The schemas that `pnbook schema` prints are what the commands print.
@Suite("JSON Schema")
struct SchemaTests {
    private static func schemas() throws -> SchemaValidator {
        SchemaValidator(try RunProgram(["schema"]).run().json)
    }

    /// Runs a command, and holds its document against the schema of that name.
    private static func check(
        _ name: String, _ arguments: [String], on database: TestDatabase, _ schemas: SchemaValidator,
        exits code: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try database.pnbook(arguments + (arguments.contains("--format") ? [] : ["--json"]))
        #expect(result.code == code, "\(arguments): \(result.stderr)", sourceLocation: sourceLocation)
        let mistakes = schemas.mistakes(in: try result.json, against: name)
        #expect(mistakes == [], "\(arguments): \(result.stdout)", sourceLocation: sourceLocation)
    }

    @Test("What every command prints when it works is as its schema says", arguments: TestEngine.allCases)
    func successes(engine: TestEngine) throws {
        let schemas = try Self.schemas()
        let database = try TestDatabase(engine)
        let folder = try ScratchFolder()
        let check = { (name: String, arguments: [String]) in
            try Self.check(name, arguments, on: database, schemas)
        }
        try check("load", ["load", Catalogues.servers])
        try check("migrate-plan", ["migrate", "plan"])
        try check("migrate-up", ["migrate", "up"])
        try check("create", ["create", "--dry-run", "--now", "2026-11-19T03:00:00Z"])
        try check("create", ["create", "--now", "2026-11-19T03:00:00Z"])
        try check("create", ["create", "--if-changed", "--now", "2026-11-20T03:00:00Z"])
        try check("create", ["create", "--now", "2026-11-20T03:00:00Z"])
        try check("create", ["create", "--now", "2026-11-21T03:00:00Z"])
        let task = try #require(try database.tasks().first?["id"]?.string)
        for (name, arguments) in [
            ("list", ["list"]), ("show", ["show", "active"]), ("diff", ["diff", "1", "active"]),
            ("explain", ["explain", "ST8000NM017B"]), ("explain", ["explain", "nothing", "--every-spelling"]),
            ("verify", ["verify"]), ("verify", ["verify", "--against-catalogue"]),
            ("activate", ["activate", "2"]), ("pin", ["pin", "2", "--note", "kept"]), ("list", ["list"]),
            ("show", ["show", "2"]), ("unpin", ["unpin", "2"]), ("diff", ["diff", "active", "catalogue"]),
            ("prune", ["prune", "--dry-run"]), ("prune", ["prune"]),
            ("simulate", ["simulate", "--years", "1"]), ("migrate-status", ["migrate", "status"]),
            ("task-list", ["task", "list"]), ("task-show", ["task", "show", task]),
            ("task-watch", ["task", "watch", task]), ("task-clean", ["task", "clean"]),
            ("host-task", ["task", "show", task, "--format", "priceforge"]),
            ("host-task-list", ["task", "list", "--format", "priceforge"]), ("doctor", ["doctor"]),
            ("config-show", ["config", "show"]), ("metrics", ["metrics"]), ("service", ["service", "--user", "root"]),
            ("export", ["export", "active", "--to", folder.path + "/a.xlsx"]),
            ("export", ["export", "active", "--to", folder.path + "/a.db"]),
            ("export", ["export", "all", "--to", folder.path + "/a.db"]),
        ] {
            try check(name, arguments)
        }
    }

    @Test("What every command prints when it fails is as its schema says", arguments: TestEngine.allCases)
    func failures(engine: TestEngine) throws {
        let schemas = try Self.schemas()
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        for (name, arguments, code) in [
            ("migrate-status", ["migrate", "status"], 10), ("create", ["create"], 10),
            ("create", ["create", "--nonsense"], 64),
        ] as [(String, [String], Int32)] {
            try Self.check(name, arguments, on: database, schemas, exits: code)
        }
        try database.succeed("create", "--migrate")
        let task = try #require(try database.tasks().first?["id"]?.string)
        try database.load(Catalogues.plain(parts: 1))
        for (name, arguments, code) in [
            ("create", ["create"], 14), ("create", ["create", "--allow-shrink", "--created-by", ""], 64),
            ("show", ["show", "99"], 1), ("diff", ["diff", "1", "99"], 1), ("activate", ["activate", "99"], 1),
            ("export", ["export", "99", "--to", "x.csv"], 1), ("task-show", ["task", "show", "none"], 1),
            ("task-cancel", ["task", "cancel", task], 1), ("verify", ["verify", "--against-catalogue"], 1),
            ("load", ["load", Catalogues.servers], 65), ("failure", ["show", "99"], 1),
        ] as [(String, [String], Int32)] {
            try Self.check(name, arguments, on: database, schemas, exits: code)
        }
        // A run that failed has its own reason.
        try Self.check("task-list", ["task", "list"], on: database, schemas)
        try database.succeed("load", Catalogues.servers, "--replace")
        try Self.check("create", ["create", "--fail-on-warnings"], on: database, schemas, exits: 3)
        try database.run(
            "UPDATE qt_partnumber_book_items SET is_primary_pn = 1 - is_primary_pn WHERE partnumber = 'ST8000NM017B'")
        try Self.check("verify", ["verify"], on: database, schemas, exits: 1)
    }

    @Test("Each line of progress and of an NDJSON book is as its schema says", arguments: TestEngine.allCases)
    func lines(engine: TestEngine) throws {
        let schemas = try Self.schemas()
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        let progress = try database.succeed("create", "--migrate", "--progress", "json")
        let items = try database.succeed("export", "active", "--to", "-", "--format", "ndjson", "--quiet")
        for (name, text, least) in [("progress", progress.stderr, 5), ("item", items.stdout, 500)] {
            let lines = text.split(separator: "\n")
            #expect(lines.count >= least)
            for line in lines {
                let mistakes = schemas.mistakes(in: try JSON(parsing: String(line)), against: name)
                #expect(mistakes == [], "\(line)")
            }
        }
    }

    @Test("There is a schema for every command but those whose result is a page, and nothing else has a command's name")
    func complete() throws {
        let names = SchemaCatalogue.documents.map(\.name)
        #expect(Set(names).count == names.count)
        let verbs = Self.leaves(Pnbook.self, "").subtracting(["manual", "schema"])
        // A part of that name would be hidden by the document.
        #expect(Set(SchemaCatalogue.parts.keys).intersection(names) == ["item", "failure"])
        let others: Set = ["item", "progress", "failure", "host-task", "host-task-list"]
        #expect(Set(names).subtracting(others) == verbs)
    }

    private static func leaves(_ command: any ParsableCommand.Type, _ path: String) -> Set<String> {
        let children = command.configuration.subcommands
        if children.isEmpty { return [path] }
        return children.reduce(into: []) { all, child in
            all.formUnion(leaves(child, (path.isEmpty ? "" : path + "-") + child._commandName))
        }
    }

    @Test("A schema asked for by name is whole, and draft 2020-12", arguments: SchemaCatalogue.documents.map(\.name))
    func single(name: String) throws {
        let document = try JSON(parsing: JSONDocument.pretty(try #require(SchemaCatalogue.schema(named: name))))
        #expect(document["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(document["$ref"] == .string("#/$defs/" + name))
        let defined = Set(document["$defs"]?.names ?? [])
        #expect(Self.references(document).isSubset(of: defined))
        // A validator follows each keyword that is there.
        let mistakes = SchemaValidator(document).mistakes(in: .string("no document"), against: name)
        #expect(!mistakes.isEmpty && mistakes.allSatisfy { !$0.contains("unknown keyword") }, "\(mistakes)")
    }

    private static func references(_ value: JSON) -> Set<String> {
        if let reference = value["$ref"]?.string { return [String(reference.dropFirst("#/$defs/".count))] }
        let parts = (value.names ?? []).compactMap { value[$0] } + (value.elements ?? [])
        return parts.reduce(into: []) { $0.formUnion(references($1)) }
    }

    @Test("The program prints it on its own: no database, no configuration")
    func printed() throws {
        let all = try RunProgram(["schema"]).run()
        #expect(all.code == 0 && all.stderr == "")
        let create = try RunProgram(["schema", "create"]).run()
        #expect(create.code == 0)
        #expect(try create.json["$defs"]?["create"] == all.json["$defs"]?["create"])
        try RunProgram(["schema", "nothing"]).run().expectRefusal(
            64, saying: "there is no schema 'nothing'", "task-list")
    }

    @Test(
        "A document that is not as the schema says is found out",
        arguments: [
            (#"{"id": 1, "version": "V"}"#, 0), (#"{"id": 1}"#, 1), (#"{"id": "1", "version": "V"}"#, 1),
            (#"{"id": 1, "version": null}"#, 1), (#"{"id": 1, "version": "V", "more": 1}"#, 1), ("[]", 3),
            (#"{"id": 1.5, "version": 2}"#, 2),
        ])
    func foundOut(text: String, count: Int) throws {
        let schemas = SchemaValidator(try JSON(parsing: JSONDocument.pretty(SchemaCatalogue.all)))
        #expect(schemas.mistakes(in: try JSON(parsing: text), against: "book_reference").count == count)
    }
}
