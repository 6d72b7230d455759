package import Database

/// Why a schema is not what it must be. Nothing has been changed when one of these is thrown, unless it says so.
package enum SchemaError: Error, Equatable, CustomStringConvertible {
    /// Migration 029 or later stands: its readers read another shape.
    case beyond(column: String)
    /// Numbers that are still to be applied.
    case pending([Int])
    /// Begun and not finished.
    case halfApplied(Int)
    case edited(Int)
    case unknown(Int, name: String)
    /// A number is recorded, an earlier one is not.
    case gap(recorded: Int, missing: Int)
    /// A table or column that is not as needed, or that the engine would not let us change; nothing was changed.
    case different([SchemaDifference])
    /// The same while a migration is under way.
    case differentMeanwhile(SchemaDifference)
    case missingTable(String)
    case missingColumn(table: String, column: String)
    /// A statement ran, and what it was to make does not stand.
    case withoutEffect(object: String)

    /// Another run may be just about to mend it.
    package var mayBeUnderWay: Bool {
        switch self {
        case .pending, .halfApplied: true
        default: false
        }
    }

    private static func words(of difference: SchemaDifference) -> String {
        difference.words
            + (difference.remedy.map { " (to fix it: \($0.hasSuffix(";") ? String($0.dropLast()) : $0))" } ?? "")
    }

    package var description: String {
        switch self {
        case .beyond(let column):
            return "the schema is beyond 028: \(column) stands (migration 029 upstream), whose readers read another "
                + "shape of book; this program must not write here. Use the program that belongs to that schema"
        case .pending(let numbers):
            return "migrations are pending: \(numbers.map(Migration.label).joined(separator: ", ")). "
                + "Look with 'pnbook migrate plan', then run 'pnbook migrate up' or add --migrate"
        case .halfApplied(let number):
            return "migration \(Migration.label(number)) is half applied: it was begun and not finished. "
                + "Run 'pnbook migrate up': it looks at what stands and does the rest"
        case .edited(let number):
            return "migration \(Migration.label(number)) is recorded with another checksum than this program's: one "
                + "of the two was edited. Use the program version that applied it (pnbook_schema_history says when and who)"
        case .unknown(let number, let name):
            return "pnbook_schema_history records migration \(Migration.label(number)) \(name), which this program "
                + "does not know. Use a newer pnbook"
        case .gap(let recorded, let missing):
            return "pnbook_schema_history records migration \(Migration.label(recorded)) but not "
                + "\(Migration.label(missing)) before it; the history was edited by hand. Restore it from a backup"
        case .different(let differences):
            return differences.map(Self.words).joined(separator: "; ")
                + ". Nothing was changed: that must be done by hand first, then run again"
        case .differentMeanwhile(let difference):
            return Self.words(of: difference) + ". It is never taken for done: look with 'pnbook migrate plan'"
        case .missingTable(let table):
            return "the source table \(table) is not there. Is this the right schema? "
                + "An empty database is filled with 'pnbook load DIR'"
        case .missingColumn(let table, let column):
            return "the source table \(table) has no column \(column). Is this the right schema?"
        case .withoutEffect(let object):
            return "the statement for \(object) ran without an error, but \(object) does not stand as needed afterwards"
        }
    }
}

/// A migration that the server stopped half-way. What had been done before stands.
package struct MigrationInterrupted: Error, CustomStringConvertible {
    /// `026 partnumber_books`.
    package let migration: String
    package let cause: DatabaseError
    /// A statement of it had run before.
    package let isHalfApplied: Bool

    package var description: String {
        isHalfApplied
            ? "\(cause). Migration \(migration) is half applied; 'pnbook migrate up' does the rest"
            : "\(cause). Migration \(migration) was not begun: nothing of it was changed"
    }
}
