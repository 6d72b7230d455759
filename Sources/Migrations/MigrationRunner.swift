package import Chronology
package import Database

/// Brings a database to 028, or says how far it is (CONTRACT 2).
///
/// Each step looks before it runs: what stands as needed is taken as done, what is absent is made, and what stands
/// otherwise is refused. So running it again does nothing, an interrupted run is finished by the next, and a database
/// that PriceForge has migrated itself is adopted.
package struct MigrationRunner {
    private let connection: any Connection
    private let migrations: [Migration]
    private let ownTables: [OwnTable]
    private let history: MigrationHistory
    private let clock: () -> Instant
    private let who: String
    private let pause: (_ attempt: Int) throws -> Void

    /// - Parameters:
    ///   - migrations: in the order of their numbers.
    ///   - ownTables: further tables of the program's own, made beside the history.
    ///   - who: recorded with each migration; `manual:ann`.
    ///   - pause: waits before another attempt at a statement that met a lock; the first attempt is 1.
    package init(
        _ connection: any Connection, migrations: [Migration], ownTables: [OwnTable], clock: @escaping () -> Instant,
        who: String, pause: @escaping (_ attempt: Int) throws -> Void = { _ in }
    ) {
        self.connection = connection
        self.migrations = migrations
        self.ownTables = [MigrationHistory.table] + ownTables
        self.clock = clock
        self.who = who
        self.pause = pause
        history = MigrationHistory(connection: connection)
    }

    // MARK: Looking

    /// How far the database is.
    ///
    /// - Throws: ``SchemaError`` for a schema beyond 028, an edited or unknown history, and a missing baseline.
    package func status() throws -> MigrationStatus {
        try refuseBeyond()
        let recorded = try checkedHistory()
        guard try connection.columns(of: SchemaObject.mappings) != nil else {
            throw SchemaError.missingTable(SchemaObject.mappings)
        }
        let lines = try migrations.map { migration in
            let entry = recorded.first { $0.number == migration.number }
            return MigrationStatus.Line(
                migration: migration, entry: entry,
                states: try migration.steps.map { try $0.object.state(in: connection) })
        }
        let missing = try ownTables.filter { try connection.columns(of: $0.name) == nil }
        return MigrationStatus(lines: lines, missingOwnTables: missing)
    }

    /// Makes sure that everything is applied and stands as needed.
    ///
    /// - Throws: ``SchemaError``; `pending` or `halfApplied` where something is left to do.
    package func requireComplete() throws {
        let status = try status()
        for line in status.lines {
            if line.isHalfApplied { throw SchemaError.halfApplied(line.migration.number) }
        }
        let pending = status.pending
        if !pending.isEmpty { throw SchemaError.pending(pending) }
    }

    private func refuseBeyond() throws {
        for (table, column) in [(SchemaObject.items, "lots_json"), (SchemaObject.books, "partnumbers_json")] {
            let columns = try connection.columns(of: table) ?? []
            if columns.contains(where: { $0.name.lowercased() == column }) {
                throw SchemaError.beyond(column: "\(table).\(column)")
            }
        }
    }

    private func checkedHistory() throws -> [HistoryEntry] {
        let entries = try history.entries()
        for entry in entries {
            guard let migration = migrations.first(where: { $0.number == entry.number }) else {
                throw SchemaError.unknown(entry.number, name: entry.name)
            }
            if migration.checksum != entry.checksum { throw SchemaError.edited(entry.number) }
        }
        for (migration, next) in zip(migrations, migrations.dropFirst()) {
            let isRecorded = entries.contains { $0.number == migration.number }
            if !isRecorded, let later = entries.first(where: { $0.number >= next.number }) {
                throw SchemaError.gap(recorded: later.number, missing: migration.number)
            }
        }
        return entries
    }

    /// How far the database is, where nothing stands in the way of the rest.
    ///
    /// - Throws: what ``status()`` throws, and ``SchemaError/different(object:difference:)``.
    package func applicableStatus() throws -> MigrationStatus {
        let status = try status()
        for line in status.lines {
            for (step, state) in zip(line.migration.steps, line.states) {
                guard case .different(let difference) = state else { continue }
                throw SchemaError.different(object: step.object.name, difference: difference)
            }
        }
        return status
    }

    // MARK: Applying

    /// Applies what is pending, in order.
    ///
    /// - Parameter progress: told before each migration which one it is and how many there are to do.
    /// - Returns: the entries written now; none where there was nothing to do.
    package func up(progress: (_ index: Int, _ of: Int, Migration) throws -> Void) throws -> [HistoryEntry] {
        // Every difference is found before the first change.
        let before = try applicableStatus()
        for table in before.missingOwnTables {
            try connection.execute(SQL(raw: table.statement(for: connection.engine)))
        }
        let pending = before.lines.filter { !$0.isDone }
        for (index, line) in pending.enumerated() {
            try progress(index, pending.count, line.migration)
            switch connection.engine {
            case .sqlite: try connection.transaction(.write) { try apply(line.migration) }
            case .mariadb: try apply(line.migration)
            }
        }
        try requireComplete()
        let numbers = Set(pending.map(\.migration.number))
        return try history.entries().filter { numbers.contains($0.number) }
    }

    private func apply(_ migration: Migration) throws {
        try history.begin(migration, at: clock(), by: who)
        do {
            try applySteps(of: migration)
        } catch let error as DatabaseError where connection.engine == .mariadb {
            // DDL commits as it goes, and the record that it began stands.
            throw MigrationStopped(migration: migration.title, cause: error)
        }
    }

    private func applySteps(of migration: Migration) throws {
        var manner = HistoryEntry.Manner.adopted
        for step in migration.steps {
            switch try step.object.state(in: connection) {
            case .standing:
                continue
            case .different(let difference):
                throw SchemaError.different(object: step.object.name, difference: difference)
            case .absent:
                manner = .applied
                for statement in step.statements { try executePatiently(SQL(raw: statement)) }
                guard try step.object.state(in: connection) == .standing else {
                    throw SchemaError.withoutEffect(object: step.object.name)
                }
            }
        }
        if connection.engine == .sqlite { try checkForeignKeys() }
        try history.finish(migration, manner, at: clock())
    }

    /// How often a statement that met somebody's lock is tried again.
    private static let attempts = 6

    /// Runs a statement; again after a pause where it waited in vain for somebody's lock.
    ///
    /// The connection waits a few seconds only: while an ALTER waits for a table, every reader of the table queues behind
    /// it. Between two attempts they get through.
    private func executePatiently(_ statement: SQL) throws {
        for attempt in 1...Self.attempts {
            do {
                try connection.execute(statement)
                return
            } catch let error as DatabaseError where error.kind == .lockTimeout && attempt < Self.attempts {
                try pause(attempt)
            }
        }
    }

    /// Rebuilding a table needs foreign keys switched off; here they are looked after at the end instead.
    private func checkForeignKeys() throws {
        let broken = try connection.rows("SELECT \"table\", rowid FROM pragma_foreign_key_check") { $0.text(0) ?? "" }
        if let table = broken.first {
            throw SchemaError.different(object: table, difference: "rows refer to books that are not there")
        }
    }
}
