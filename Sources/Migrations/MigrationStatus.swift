package import Database

/// How far a database is on its way to 028.
package struct MigrationStatus: Sendable {
    package let lines: [Line]
    /// Tables of the program's own that do not stand yet.
    package let missingOwnTables: [InternalTable]
    /// What the engine would refuse those for.
    let ownObstacles: [SchemaDifference]

    package struct Line: Sendable {
        package let migration: Migration
        /// What the history says; nil where it says nothing.
        package let entry: HistoryEntry?
        /// What stands, for each step.
        package let states: [SchemaObject.State]
        /// What the engine would refuse the steps for that are still to be taken.
        package let obstacles: [SchemaDifference]

        /// Recorded as finished, and standing.
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

    /// All that keeps the rest from being applied or adopted; each said once.
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

    /// What `migrate up` would run, in order, and changes nothing to find out.
    package func plan(statementFor ownTable: (InternalTable) -> String) -> [PlannedStep] {
        let own = missingOwnTables.map {
            PlannedStep(number: nil, object: $0.name, state: .absent, statements: [ownTable($0)])
        }
        let steps = lines.filter { !$0.isDone }.flatMap { line in
            zip(line.migration.steps, line.states).compactMap { step, state -> PlannedStep? in
                // How another program's column is stored is left as it is, and nothing is recorded of it.
                if step.object.isStorage, state == .present { return nil }
                return PlannedStep(
                    number: line.migration.number, object: step.object.name, state: state,
                    statements: state == .absent ? step.statements : [])
            }
        }
        return own + steps
    }
}

/// One step that `migrate up` would take.
package struct PlannedStep: Sendable {
    /// Nil for a table of the program's own.
    package let number: Int?
    package let object: String
    package let state: SchemaObject.State
    /// Empty where the object stands already and is only recorded.
    package let statements: [String]
}
