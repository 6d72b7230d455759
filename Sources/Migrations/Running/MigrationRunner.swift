package import Chronology
package import Database
import ErrorModel

/// Brings a database to the newest migration, or says how far it is (<doc:Migrations>).
///
/// Each step looks before it runs: what exists as needed counts as done, what is absent is made, and what differs is
/// refused. So running it again does nothing, an interrupted run is finished by the next, and a database
/// that PriceForge has migrated itself is adopted.
package struct MigrationRunner {
    private let connection: any Connection
    private let migrations: [Migration]
    private let ownTables: [InternalTable]
    private let history: MigrationHistory
    private let clock: () -> Instant
    private let who: String
    private let timing: RetryTiming

    /// - Parameters:
    ///   - migrations: in the order of their numbers.
    ///   - ownTables: further tables of the program's own, made beside the history.
    ///   - who: recorded with each migration; `manual:ann`.
    ///   - timing: of the pauses before another attempt at a statement that met a lock.
    package init(
        _ connection: any Connection, migrations: [Migration], ownTables: [InternalTable],
        clock: @escaping () -> Instant,
        who: String, timing: RetryTiming = .system
    ) {
        self.connection = connection
        self.migrations = migrations
        self.ownTables = [MigrationHistory.table] + ownTables
        self.clock = clock
        self.who = who
        self.timing = timing
        history = MigrationHistory(connection: connection)
    }

    // MARK: Looking

    /// How far the database is.
    ///
    /// - Throws: ``SchemaError`` for a schema beyond 028, an edited or unknown history, and a missing baseline.
    package func status() throws -> MigrationStatus {
        let required = ownTables.filter(\.isRequired)
        let names = [SchemaObject.mappings, SchemaObject.books, SchemaObject.items] + required.map(\.name)
        let (tables, later) = try describe(names)
        try refuseNewerSchema(tables)
        let hasHistory = tables.contains { $0.name == MigrationHistory.table.name }
        let recorded = try checked(hasHistory ? history.entries() : [])
        guard tables.contains(where: { $0.name == SchemaObject.mappings }) else {
            throw SchemaError.missingTable(SchemaObject.mappings)
        }
        let found = migrations.map { migration in
            states(of: migration, in: tables, recorded.first { $0.number == migration.number })
        }
        try proveAbsence(of: found, in: tables)
        let missing = required.filter { own in !tables.contains { $0.name == own.name } }
        let isAllThere = found.allSatisfy { !$0.contains(.absent) } && missing.isEmpty && later.isEmpty
        let obstacles = StepObstacles(
            tables: tables, engine: connection.engine,
            variables: isAllThere ? [:] : try connection.variables(StepObstacles.variableNames))
        let lines = zip(migrations, found).map { migration, states in
            let absent = zip(migration.steps, states).filter { $0.1 == .absent }.map(\.0)
            return MigrationStatus.Line(
                migration: migration, entry: recorded.first { $0.number == migration.number }, states: states,
                obstacles: absent.flatMap { obstacles.before(making: $0.object) })
        }
        return MigrationStatus(
            lines: lines, missingOwnTables: missing, missingLaterTables: later,
            ownObstacles: missing.flatMap { obstacles.beforeCreating($0.name) },
            laterObstacles: later.flatMap { obstacles.beforeCreating($0.name) })
    }

    /// The tables of these names, and which tables that runs can do without are missing: in one look, where this account may look at all
    /// of them. One that it may not look at is not missing as far as it knows: the server says of neither that it is there, nor that it
    /// is not.
    private func describe(_ names: [String]) throws -> (tables: [TableDescription], missingLater: [InternalTable]) {
        let later = ownTables.filter { !$0.isRequired }
        do {
            let tables = try connection.describe(names + later.map(\.name))
            return (tables, later.filter { own in !tables.contains { $0.name == own.name } })
        } catch let error as DatabaseError where error.isMissingRight {
            // Where it is one of the others, this look says so.
            let tables = try connection.describe(names)
            let missing = try later.filter { table in
                do {
                    return try !connection.hasTable(table.name)
                } catch let error as DatabaseError where error.isMissingRight {
                    return false
                }
            }
            return (tables, missing)
        }
    }

    /// The server hides a column that this account may not read: only a statement that selects it proves that it is absent.
    ///
    /// - Throws: ``Database/DatabaseError`` of kind `missingRight`.
    private func proveAbsence(of found: [[SchemaObject.State]], in tables: [TableDescription]) throws {
        for (migration, states) in zip(migrations, found) {
            for (step, state) in zip(migration.steps, states) where state == .absent {
                let table = tables.first { $0.name == step.object.table }
                guard let column = step.object.column, let table, table.column(column) == nil else { continue }
                try connection.proveAbsence(ofColumn: column, in: table.name)
            }
        }
    }

    /// The state of each step's object.
    private func states(
        of migration: Migration, in tables: [TableDescription], _ entry: HistoryEntry?
    ) -> [SchemaObject.State] {
        var isOurs = entry.map { $0.finishedAt == nil && $0.method == .applied } ?? false
        return migration.steps.map { step in
            let state = step.object.state(in: tables, connection.engine)
            guard step.object.isStorage else {
                if state == .absent { isOurs = true }
                return state
            }
            // Another program's column is served as it is, and so is one that has been turned back.
            return isOurs ? state : .present
        }
    }

    /// Makes sure that everything is applied and as needed.
    ///
    /// - Throws: ``SchemaError``; `pending` or `halfApplied` where something is left to do, `different` where that could not
    ///   be done.
    package func requireComplete() throws {
        let status = try status()
        for line in status.lines {
            if line.isHalfApplied { throw SchemaError.halfApplied(line.migration.number) }
        }
        if !status.differences.isEmpty { throw SchemaError.different(status.differences) }
        let pending = status.pending
        if !pending.isEmpty { throw SchemaError.pending(pending) }
    }

    private func refuseNewerSchema(_ tables: [TableDescription]) throws {
        for (table, column) in [(SchemaObject.items, "lots_json"), (SchemaObject.books, "partnumbers_json")]
        where tables.first(where: { $0.name == table })?.column(column) != nil {
            throw SchemaError.schemaTooNew(column: "\(table).\(column)")
        }
    }

    /// The history, checked for edits.
    private func checked(_ entries: [HistoryEntry]) throws -> [HistoryEntry] {
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

    /// How far the database is, where nothing prevents the rest.
    ///
    /// - Throws: what ``status()`` throws, and ``SchemaError/different(_:)`` with all differences.
    package func applicableStatus() throws -> MigrationStatus {
        let status = try status()
        let differences = status.differences + status.laterObstacles
        if !differences.isEmpty { throw SchemaError.different(differences) }
        return status
    }

    // MARK: Applying

    /// Applies what is pending, in order.
    ///
    /// - Parameter progress: called before each migration with its index and how many there are.
    /// - Returns: the entries written now; empty where there was nothing to do, or only tables of the program's own to be made.
    package func up(progress: (_ index: Int, _ of: Int, Migration) throws -> Void) throws -> [HistoryEntry] {
        // Every difference is found before the first change.
        let before = try applicableStatus()
        for table in before.missingOwnTables + before.missingLaterTables {
            try connection.execute(SQL(raw: table.statement(for: connection.engine)))
        }
        let pending = before.lines.filter { !$0.isDone }
        for (index, line) in pending.enumerated() {
            try progress(index, pending.count, line.migration)
            if connection.engine.dialect.undoesTableChanges {
                try connection.transaction(.write) { try apply(line.migration) }
            } else {
                try apply(line.migration)
            }
        }
        try requireComplete()
        let numbers = Set(pending.map(\.migration.number))
        return try history.entries().filter { numbers.contains($0.number) }
    }

    private func apply(_ migration: Migration) throws {
        let earlier = try history.entries().first { $0.number == migration.number }
        let method = try method(of: migration, earlier)
        try history.begin(migration, method, at: clock(), by: who)
        var statementsRun = 0
        do {
            try applySteps(of: migration, method, &statementsRun)
        } catch  where !connection.engine.dialect.undoesTableChanges {
            // DDL commits as it goes. Where nothing of it has run, nothing was begun; a lost connection may have run it.
            let isLost = (error as? DatabaseError)?.kind == .connectionLost
            if statementsRun == 0, !isLost { try? history.takeBack(migration, to: earlier) }
            guard let error = error as? DatabaseError else { throw error }
            let wasHalfApplied = earlier.map { $0.finishedAt == nil && $0.method == .applied } ?? false
            throw MigrationInterrupted(
                migration: migration.title, cause: error,
                isHalfApplied: statementsRun > 0 || isLost || wasHalfApplied)
        }
    }

    /// Adopted where all of it exists, unless an earlier run of ours was interrupted.
    private func method(of migration: Migration, _ earlier: HistoryEntry?) throws -> HistoryEntry.Method {
        if let earlier, earlier.finishedAt == nil { return earlier.method }
        let states = try currentStates(of: migration)
        let isAdopted = zip(migration.steps, states).allSatisfy { $0.0.object.isStorage || $0.1 == .present }
        return isAdopted ? .adopted : .applied
    }

    /// The state now: another process may have changed it since the look at the beginning.
    private func currentStates(of migration: Migration) throws -> [SchemaObject.State] {
        let tables = try connection.describe([SchemaObject.mappings, SchemaObject.books, SchemaObject.items])
        let entry = try history.entries().first { $0.number == migration.number }
        return states(of: migration, in: tables, entry)
    }

    private func applySteps(
        of migration: Migration, _ begun: HistoryEntry.Method, _ statementsRun: inout Int
    ) throws {
        var method = begun
        for (index, step) in migration.steps.enumerated() {
            switch try currentStates(of: migration)[index] {
            case .present:
                continue
            case .different(let differences):
                throw SchemaError.differentMeanwhile(differences[0])
            case .absent:
                method = .applied
                for statement in step.statements {
                    try execute(SQL(raw: statement))
                    statementsRun += 1
                }
                guard try currentStates(of: migration)[index] == .present else {
                    throw SchemaError.withoutEffect(object: step.object.name)
                }
            }
        }
        if connection.engine.dialect.rebuildsTables { try checkForeignKeys() }
        try history.finish(migration, method, at: clock())
    }

    /// For a statement that waited in vain for a lock.
    private static let retries = RetryPolicy(.attempts(6), delay: .growing(0.5...1)) {
        ($0 as? DatabaseError)?.kind == .lockTimeout
    }

    /// Runs a statement; again after a pause where another connection's lock was in the way.
    ///
    /// The connection waits a few seconds only: while an ALTER waits for a table, every reader of the table queues behind
    /// it. Between two attempts they get through.
    private func execute(_ statement: SQL) throws {
        _ = try Self.retries.run(timing) { try connection.execute(statement) }
    }

    /// Rebuilding a table needs foreign keys switched off; here they are checked at the end instead.
    private func checkForeignKeys() throws {
        let broken = try connection.rows("SELECT \"table\", rowid FROM pragma_foreign_key_check") { $0.text(0) ?? "" }
        if let table = broken.first {
            throw SchemaError.differentMeanwhile(
                SchemaDifference(
                    table, "rows of \(table) refer to books that are not there",
                    remedy:
                        "DELETE FROM qt_partnumber_book_items WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books);"
                ))
        }
    }
}

extension DatabaseError {
    fileprivate var isMissingRight: Bool {
        if case .missingRight = kind { true } else { false }
    }
}
