import Harness
import TestSupport
import Testing

/// `create --only-new-warnings`: cron mails what is new, and the same conflict not every night.
@Suite("Known warnings")
struct KnownWarningsTests {
    private static let flags = ["create", "--quiet", "--only-new-warnings", "--fail-on-warnings"]
    private static let conflict = "v,A,L-1\nw,A,L-2"

    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        try TestDatabase.loaded(engine, Catalogues.mappings(conflict))
    }

    @Test("A warning is said once, and again when it has changed or was gone", arguments: TestEngine.allCases)
    func once(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let first = try database.pnbook(Self.flags)
        #expect(first.code == 3 && first.stderr.hasSuffix("has them all: A\n"), "\(first.stderr)")
        let second = try database.pnbook(Self.flags)
        #expect(second.code == 0 && second.stderr == "" && second.stdout == "")
        try database.load(Catalogues.mappings(Self.conflict + "\nv,B,L-1\nw,B,L-3"))
        let changed = try database.pnbook(Self.flags)
        #expect(changed.code == 3 && changed.stderr.hasSuffix("has them all: A, B\n"), "\(changed.stderr)")
        // A run that fails neither knows nor makes known anything.
        try database.load(Catalogues.mappings(",A,L-1"))
        #expect(try database.pnbook(Self.flags).code == 14)
        #expect(try database.pnbook(Self.flags + ["--allow-shrink"]).code == 0)
        try database.load(Catalogues.mappings(Self.conflict))
        #expect(try database.pnbook(Self.flags).code == 3)
    }

    @Test("Task, document and metrics count a known warning like any other", arguments: TestEngine.allCases)
    func counted(engine: TestEngine) throws {
        let database = try Self.database(engine)
        _ = try database.pnbook(Self.flags)
        let known = try database.pnbook(Self.flags + ["--json"])
        #expect(known.code == 0)
        #expect(try known.json["warnings"]?.elements?.count == 1)
        #expect(try known.json["error"] == .null)
        let tasks = try database.tasks().filter { $0["type"] == "partnumber_book_create" }
        #expect(tasks.map { $0["status"] } == ["completed_with_warnings", "completed_with_warnings"])
        #expect(tasks.map { $0["exit_code"] } == [0, 3])
        #expect(try database.succeed("metrics").stdout.contains("pnbook_create_warnings 1\n"))
    }

    @Test("Without the flag each run says all of it, and a table always does")
    func without() throws {
        let database = try Self.database(.sqlite)
        for _ in 1...2 {
            let result = try database.pnbook("create", "--quiet", "--fail-on-warnings")
            #expect(result.code == 3 && result.stderr.contains("has them all: A\n"))
        }
        #expect(try database.succeed("create", "--only-new-warnings").stdout.contains("has them all: A\n"))
    }
}
