import Database
import Foundation
import TestSupport

/// Everything in a database: how each table is made, and all its rows.
struct DatabaseContents: Equatable {
    /// Of each table: the statements that make it, then its rows in the order of their text.
    private var tables: [String: Table]

    private struct Table: Equatable {
        var creation: [String]
        var rows: [String]
    }

    /// Without the tasks and their fence: a run that fails says so in its own row.
    var withoutTasks: DatabaseContents {
        DatabaseContents(tables: tables.filter { $0.key != "pnbook_tasks" && $0.key != "pnbook_fences" })
    }

    func without(_ table: String) -> DatabaseContents {
        DatabaseContents(tables: tables.filter { $0.key != table })
    }

    var names: [String] { tables.keys.sorted() }

    /// The statements that make `table`; none if it does not exist.
    func creation(of table: String) -> [String] { tables[table]?.creation ?? [] }

    /// The rows of `table` in the order of their text.
    func rows(of table: String) -> [String] { tables[table]?.rows ?? [] }

    private init(tables: [String: Table]) {
        self.tables = tables
    }

    /// - Parameter schemas: of SQLite, `main` and whatever is attached; MariaDB has the one it is connected to.
    fileprivate init(_ connection: any Connection, schemas: [String]) throws {
        tables = [:]
        for schema in schemas {
            let catalog = "\(schema).sqlite_schema"
            let names =
                switch connection.engine {
                case .sqlite: try connection.texts("SELECT name FROM \(raw: catalog) WHERE type = 'table'")
                case .mariadb: try connection.texts("SHOW TABLES")
                }
            for name in names {
                let rows = try connection.rows("SELECT * FROM \(raw: schema).\(identifier: name)") { "\($0.values)" }
                let creation =
                    switch connection.engine {
                    case .sqlite:
                        try connection.texts("SELECT sql FROM \(raw: catalog) WHERE tbl_name = \(name) ORDER BY name")
                    case .mariadb:
                        // A rolled-back INSERT uses up an id, which is not a change that anyone sees.
                        try connection.rows("SHOW CREATE TABLE \(identifier: name)") { row in
                            (row.text(1) ?? "").replacing(/\ AUTO_INCREMENT=\d+/, with: "")
                        }
                    }
                tables[name] = Table(creation: creation, rows: rows.sorted())
            }
        }
    }

    /// What a database holds that is not there: nothing.
    static let nothing = DatabaseContents(tables: [:])
}

extension Connection {
    fileprivate func texts(_ query: SQL) throws -> [String] { try rows(query) { $0.text(0) ?? "" } }
}

extension TestDatabase {
    /// The database as it is, the tasks beside a SQLite file with it.
    func contents() throws -> DatabaseContents {
        if engine == .sqlite, !FileManager.default.fileExists(atPath: path) { return .nothing }
        let connection = try connectWithTasks()
        defer { connection.close() }
        let schemas =
            switch engine {
            case .sqlite: try connection.texts("SELECT name FROM pragma_database_list WHERE name <> 'temp'")
            case .mariadb: [schema]
            }
        return try DatabaseContents(connection, schemas: schemas)
    }

    /// Opens a connection on which `pnbook_tasks` can be found, wherever it lives.
    func connectWithTasks() throws -> any Connection {
        let connection = try connect()
        if engine == .sqlite, FileManager.default.fileExists(atPath: path + "-tasks") {
            try connection.execute("ATTACH DATABASE \(path + "-tasks") AS sibling")
        }
        return connection
    }

    /// The bytes of the files in a SQLite database's folder; empty on MariaDB, which keeps them to itself.
    func fileBytes() throws -> [String: Data] {
        guard engine == .sqlite else { return [:] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        // The log's index and an empty log come and go with every reader.
        return try Dictionary(
            uniqueKeysWithValues: names.filter { !$0.hasSuffix("-shm") }.map { name in
                (name, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
            }
        ).filter { !($0.key.hasSuffix("-wal") && $0.value.isEmpty) }
    }
}
