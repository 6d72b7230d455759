package import Database

/// How far a database is on its way to the newest migration.
package struct MigrationStatus: Sendable {
    package let lines: [Line]
    /// Tables of the program's own that do not exist yet and that runs need.
    package let missingOwnTables: [InternalTable]
    /// Those that came with a later version: runs do without, and nothing is pending for them.
    package let missingLaterTables: [InternalTable]
    /// Why the engine would refuse to make those that are needed.
    let ownObstacles: [SchemaDifference]
    /// Why it would refuse to make the later ones, which keeps no run from its work.
    package let laterObstacles: [SchemaDifference]

    package struct Line: Sendable {
        package let migration: Migration
        /// What the history records; nil where it has no entry.
        package let entry: HistoryEntry?
        /// The state of each step's object.
        package let states: [SchemaObject.State]
        /// Why the engine would refuse the remaining steps.
        package let obstacles: [SchemaDifference]

        /// Recorded as finished, and in place.
        package var isDone: Bool { entry?.finishedAt != nil && states.allSatisfy { $0 == .present } }

        /// Begun by this program and not finished: a statement has run. One that was refused leaves nothing, and to adopt
        /// runs none.
        package var isHalfApplied: Bool {
            guard let entry, entry.finishedAt == nil, entry.method == .applied else { return false }
            return states.contains { $0 == .present }
        }

        /// All that keeps this migration from being applied or adopted.
        package var differences: [SchemaDifference] {
            let found = states.flatMap { state in
                if case .different(let differences) = state { differences } else { [] as [SchemaDifference] }
            }
            return found + obstacles
        }
    }

    /// All that keeps the rest from being applied or adopted; each listed once.
    package var differences: [SchemaDifference] {
        var seen: Set<SchemaDifference> = []
        return (lines.flatMap(\.differences) + ownObstacles).filter { seen.insert($0).inserted }
    }

    /// The numbers that `migrate up` would apply or adopt.
    package var pending: [Int] {
        let open = lines.filter { !$0.isDone }.map(\.migration.number)
        // The program's own tables come with the last migration; where only they are missing, that one says so.
        return open.isEmpty && !missingOwnTables.isEmpty ? lines.suffix(1).map(\.migration.number) : open
    }

    /// Whether `migrate up` would change nothing.
    package var isComplete: Bool { pending.isEmpty && missingLaterTables.isEmpty }

    /// What `migrate up` would run, in order. Changes nothing.
    package func plan(statementFor ownTable: (InternalTable) -> String) -> [PlannedStep] {
        let own = (missingOwnTables + missingLaterTables).map {
            PlannedStep(number: nil, object: $0.name, state: .absent, statements: [ownTable($0)])
        }
        let steps = lines.filter { !$0.isDone }.flatMap { line in
            zip(line.migration.steps, line.states).compactMap { step, state -> PlannedStep? in
                // How another program stores a column is left as it is, and not recorded.
                if step.object.isStorage, state == .present { return nil }
                return PlannedStep(
                    number: line.migration.number, object: step.object.name, state: state,
                    statements: state == .absent ? step.statements : [])
            }
        }
        return own + steps
    }
}
