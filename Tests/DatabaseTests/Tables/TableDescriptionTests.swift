import Database
import TestSupport
import Testing

@Suite("Tables as the engine describes them")
struct TableDescriptionTests {
    @Test(
        "Those that exist are described, in the order asked for, with a look that changes nothing",
        arguments: TestEngine.allCases)
    func present(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER)")
        try connection.execute("CREATE VIEW seen AS SELECT id FROM lot")
        let found = try connection.describe(["seen", "absent", "lot", "lo_"])
        #expect(found.map(\.name) == ["seen", "lot"])
        #expect(found.map(\.kind) == [.view, .table])
        #expect(try connection.describe([]) == [])
    }

    @Test("What a column does by itself is told", arguments: TestEngine.allCases)
    func columns(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        let (key, changing) =
            engine == .sqlite
            ? ("INTEGER PRIMARY KEY", "DATETIME NULL")
            : ("BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY", "DATETIME(3) NULL ON UPDATE CURRENT_TIMESTAMP(3)")
        try connection.execute(
            """
            CREATE TABLE lot (id \(raw: key), name VARCHAR(20) NOT NULL, kind VARCHAR(9) NOT NULL DEFAULT 'x',
                note VARCHAR(9) NULL, changed \(raw: changing))
            """)
        let columns = try #require(try connection.describe(["lot"]).first).columns
        #expect(columns.map(\.name) == ["id", "name", "kind", "note", "changed"])
        #expect(columns.map(\.mayBeLeftOut) == [true, false, true, true, true])
        #expect(columns.map(\.givesNumbers) == [true, false, false, false, false])
        #expect(columns.map(\.changesOnUpdate) == [false, false, false, false, engine == .mariadb])
        #expect(columns.map(\.description) == (try connection.columns(of: "lot")))
    }

    @Test("A key of whole numbers that is not SQLite's own gives no numbers")
    func numbers() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try database.connect()
        for (type, gives) in [("INTEGER", true), ("integer", true), ("INT", false), ("BIGINT", false)] {
            try connection.execute("CREATE TABLE t (id \(raw: type) PRIMARY KEY)")
            #expect(try connection.describe(["t"]).first?.columns.first?.givesNumbers == gives, "\(type)")
            try connection.execute("DROP TABLE t")
        }
    }

    @Test("Keys and triggers are told", arguments: TestEngine.allCases)
    func keys(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, kind VARCHAR(20))")
        try connection.execute("CREATE UNIQUE INDEX uq ON lot (name, kind)")
        try connection.execute("CREATE INDEX plain ON lot (kind)")
        let body = engine == .sqlite ? "BEGIN SELECT 1; END" : "FOR EACH ROW SET NEW.kind = 'y'"
        try connection.execute("CREATE TRIGGER watch BEFORE UPDATE ON lot \(raw: body)")
        let found = try #require(try connection.describe(["lot"]).first)
        let keys = found.keys.sorted { $0.name < $1.name }
        #expect(keys.map(\.name) == ["plain", "uq"])
        #expect(keys.map(\.isUnique) == [false, true])
        #expect(keys.map { $0.parts.map(\.column) } == [["kind"], ["name", "kind"]])
        #expect(found.triggers == ["watch"])
    }

    @Test("A table of an engine without snapshots is named, also below views of views")
    func snapshots() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE safe (id INTEGER) ENGINE = InnoDB")
        try connection.execute("CREATE TABLE `odd``name` (id INTEGER) ENGINE = MyISAM")
        try connection.execute("CREATE VIEW inner_view AS SELECT id, '`x`.`y`' AS t FROM `odd``name`")
        try connection.execute("CREATE VIEW outer_view AS SELECT inner_view.id FROM inner_view JOIN safe USING (id)")
        let found = try connection.describe(["safe", "odd`name", "outer_view"]).map(\.withoutSnapshots)
        #expect(found[0] == [])
        #expect(found[1] == [UnsafeTable(name: "`odd``name`", engine: "MyISAM")])
        #expect(found[2] == [UnsafeTable(name: "`\(database.schema)`.`odd``name`", engine: "MyISAM")])
    }
}
