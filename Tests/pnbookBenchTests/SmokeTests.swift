import Database
import Foundation
import Harness
import TestSupport
import Testing

/// The benchmark still runs to its end and prints what it promises. Nothing here looks at a time.
@Suite("The benchmark")
struct SmokeTests {
    private static let lines = [
        "floor: INSERT ... SELECT in the server",
        "create: the whole process",
        "create with no book before it to compare with",
        "create --dry-run: reading and rules alone",
        "upstream's way: naive, 500 rows a statement",
        "pull of a book",
        "pull of a book, upstream's table",
        "look-up of a PN",
        "look-up of a PN, upstream's table",
        "removal of a book",
        "removal of a book, upstream's table",
    ]

    @Test(
        "It measures a small catalogue in a database of its own, prints every line and leaves nothing",
        arguments: TestEngine.allCases)
    func ownDatabase(_ engine: TestEngine) throws {
        let folder = try ScratchFolder()
        let result = try run(engine, "--folder", folder.path)
        #expect(result.code == 0, "\(result.stderr)")
        #expect(result.labels == Self.lines)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left == [])
        // The first words are the engine and its version.
        let version = try #require(result.stdout.split(separator: " ").dropFirst().first)
        try TestTally.record(engine, version: String(version))
    }

    @Test("It measures in an empty database that is named, and leaves it empty", arguments: TestEngine.allCases)
    func namedDatabase(_ engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let result = try run(engine, "--database", try database.url)
        #expect(result.code == 0, "\(result.stderr)")
        #expect(result.labels == Self.lines)
        switch engine {
        case .sqlite:
            let left = try FileManager.default.contentsOfDirectory(atPath: database.folder)
            #expect(left == [])
        case .mariadb: #expect(try tableCount(in: database) == 0)
        }
    }

    @Test("It touches no database that holds a table", arguments: TestEngine.allCases)
    func foreignDatabase(_ engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot_partnumbers (id INTEGER)")
        let result = try run(engine, "--database", try database.url)
        #expect(result.code == 1)
        #expect(result.stderr.contains(engine == .sqlite ? "is there already" : "has tables"), "\(result.stderr)")
        let columns = try connection.columns(of: "lot_partnumbers")
        #expect(columns?.map(\.name) == ["id"])
    }

    @Test("It counts the round trips of a create in a small catalogue and a larger one, by statement")
    func roundTrips() throws {
        let database = try TestDatabase(.mariadb)
        let result = try run(.mariadb, "--no-main", "--round-trips", "--database", try database.url)
        withExtendedLifetime(database) {}
        #expect(result.code == 0, "\(result.stderr)")
        let rows = result.stdout.split(separator: "\n").map { $0.split(separator: "  ").map(String.init) }
        func numbers(_ label: String) -> [Int] {
            rows.first { $0.first == label }?.dropFirst().compactMap {
                Int($0.split(separator: "(")[0].filter { $0 != " " })
            } ?? []
        }
        let (all, batches, others) = (numbers("round trips"), numbers("of those batches"), numbers("of those others"))
        #expect(numbers("connections").count == 2)
        try #require(all.count == 2 && batches.count == 2 && others.count == 2, "\(result.stdout)")
        #expect(batches.allSatisfy { $0 > 0 })
        #expect(zip(batches, others).map { $0 + $1 } == all)
        // Each of the trips is of a statement and of a connection.
        let lists = result.stdout.split(separator: "\n\n")
        for head in ["connection ", "trips of "] {
            let list = try #require(lists.first { $0.hasPrefix(head) }, "\(result.stdout)")
            for column in 1...2 {
                let sum = list.split(separator: "\n").dropFirst().reduce(0) { sum, line in
                    let cells = line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
                    let cell = cells[cells.count - 3 + column].split(separator: "(")[0]
                    return sum + (Int(cell.trimmingCharacters(in: .whitespaces)) ?? 0)
                }
                #expect(sum == all[column - 1], "\(list)")
            }
        }
    }

    @Test(
        "It measures one book among as many as are retained, and names how it is found", arguments: TestEngine.allCases)
    func shelf(_ engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let result = try run(engine, "--no-main", "--shelf", "--database", try database.url)
        #expect(result.code == 0, "\(result.stderr)")
        #expect(
            result.labels == ["pull of a book, the server's own settings", "removal of a book, as the program does it"])
        // For the pull and for the removal, alone and among others.
        let plans = result.stdout.components(separatedBy: " rows").count - 1
        #expect(plans == (engine == .mariadb ? 4 : 0), "\(result.stdout)")
        if engine == .mariadb { #expect(try tableCount(in: database) == 0) }
    }

    @Test("It tries the designs that are asked for, and no others", arguments: TestEngine.allCases)
    func designs(_ engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let name = engine == .mariadb ? "clustered, TEXT" : "page_size 8192"
        let result = try run(
            engine, "--no-main", "--designs", "--only-designs", name, "--database", try database.url)
        #expect(result.code == 0, "\(result.stderr)")
        let lines = result.stdout.split(separator: "\n").drop { !$0.hasPrefix("design ") }.dropFirst()
        let designs = lines.prefix { $0.contains("  ") }.map { $0.components(separatedBy: "  ")[0] }
        #expect(
            designs
                == (engine == .mariadb
                    ? ["clustered, TEXT, foreign key", "clustered, TEXT with CHECK, foreign key"]
                    : ["as the program has it, page_size 8192"]))
        if engine == .mariadb { #expect(try tableCount(in: database) == 0) }
        let none = try run(
            engine, "--no-main", "--designs", "--only-designs", "of gold", "--database", try database.url)
        #expect(none.code == 1)
        #expect(none.stderr.contains("no design is called 'of gold'; there are: as the program has it;"))
    }

    private func tableCount(in database: TestDatabase) throws -> Int {
        try database.connect().count(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()")
    }

    // MARK: Running

    private func run(_ engine: TestEngine, _ words: String...) throws -> ProgramResult {
        try ChildRun.run(
            [TestProgram.benchmark.path, "--engine", engine.rawValue, "--size", "2000", "--rounds", "1", "--no-settle"]
                + words, seconds: 600)
    }
}

extension ProgramResult {
    /// What the table's lines begin with.
    fileprivate var labels: [String] {
        let table = stdout.split(separator: "\n").drop { !$0.hasPrefix("  ") }.dropFirst()
        return table.prefix { $0.contains("  ") }.compactMap { $0.split(separator: "  ").first.map(String.init) }
    }
}
