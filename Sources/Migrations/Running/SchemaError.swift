package import ErrorModel

/// Why a schema is not what it must be. Nothing has been changed when one of these is thrown, unless it says so.
package enum SchemaError: Diagnosable, Equatable {
    /// Migration 029 or later is applied: its readers read another shape.
    case schemaTooNew(column: String)
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
    /// A statement ran, and what it was to make does not exist.
    case withoutEffect(object: String)

    /// Another run may be about to fix it.
    package var mayBeUnderWay: Bool {
        switch self {
        case .pending, .halfApplied: true
        default: false
        }
    }

    private static func text(of difference: SchemaDifference) -> DisplayText {
        guard let remedy = difference.remedy else { return difference.message }
        // The parenthesis ends the statement here.
        let fix = remedy.string.hasSuffix(";") ? DisplayText(remedy.string.dropLast()) : remedy
        return "\(difference.message) (to fix it: \(fix))"
    }

    package var text: DisplayText {
        switch self {
        case .schemaTooNew(let column):
            "the schema is beyond 028: \(column) exists (migration 029 upstream), whose readers read another shape of "
                + "book; this program must not write here"
        case .pending(let numbers):
            "migrations are pending: \(numbers.map(Migration.label).joined(separator: ", "))"
        case .halfApplied(let number):
            "migration \(Migration.label(number)) is half applied: it was begun and not finished"
        case .edited(let number):
            "migration \(Migration.label(number)) is recorded with another checksum than this program's: one of the two "
                + "was edited"
        case .unknown(let number, let name):
            "pnbook_schema_history records migration \(Migration.label(number)) \(name), which this program does not know"
        case .gap(let recorded, let missing):
            "pnbook_schema_history records migration \(Migration.label(recorded)) but not \(Migration.label(missing)) "
                + "before it; the history was edited by hand"
        case .different(let differences):
            "\(differences.map(Self.text).joined(separator: "; ")). Nothing was changed"
        case .differentMeanwhile(let difference):
            "\(Self.text(of: difference)). It is never presumed done"
        case .missingTable(let table):
            "the source table \(table) does not exist. Is this the right schema?"
        case .withoutEffect(let object):
            "the statement for \(object) ran without an error, but \(object) is not as needed afterwards"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .pending: .migrationsPending
        case .halfApplied: .migrationHalfApplied
        case .schemaTooNew, .edited, .unknown, .gap, .different, .differentMeanwhile, .missingTable, .withoutEffect:
            .schema
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .schemaTooNew: .text("Use the program that belongs to that schema")
        case .pending: .applyMigrations
        case .halfApplied: .resumeMigration
        case .edited:
            .text("Use the program version that applied it (pnbook_schema_history says when and who)")
        case .unknown: .text("Use a newer pnbook")
        case .gap: .text("Restore the history from a backup")
        case .different: .changeTables
        case .differentMeanwhile: .reviewMigrations
        case .missingTable: .loadCatalogue
        case .withoutEffect: nil
        }
    }
}
