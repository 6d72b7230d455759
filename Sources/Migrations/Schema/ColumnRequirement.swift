import Database
import ErrorModel

/// What the program needs of one column.
package struct ColumnRequirement: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A whole number, also as a boolean type.
        case integer
        /// A flag that other programs write: a number, or a text such as Y and N.
        case flag
        /// A whole number that a new row is given by the engine.
        case number
        case text(atLeast: Int)
        case dateTime
    }

    package let name: String
    package let kind: Kind
    /// The program writes NULL here.
    package let nullable: Bool
    /// The column as our own migrations make it on MariaDB, for the statement that changes another one.
    private let mariadbType: String

    package init(_ name: String, _ kind: Kind, _ mariadbType: String, nullable: Bool = false) {
        self.name = name
        self.kind = kind
        self.mariadbType = mariadbType
        self.nullable = nullable
    }

    /// Only the version is ever widened (027); a short description is another column than ours.
    var widens: Bool { name == "version" }

    enum Verdict {
        case fits
        case tooShort(SchemaDifference)
        case wrong(SchemaDifference)
    }

    func verdict(on found: TableColumn, of table: String, _ engine: Engine) -> Verdict {
        let column = found.description
        let object = "\(table).\(name)"
        let isNeeded: DisplayText =
            "\(object) is \(column.declaredType)\(column.isNullable ? "" : " NOT NULL"), and needed is \(need)"
        func different(_ message: DisplayText, _ type: String? = nil) -> SchemaDifference {
            SchemaDifference(object, message, remedy: remedy(table, found, type ?? mariadbType, engine))
        }
        // What is only read may be computed.
        if column.isGenerated, kind != .flag {
            return .wrong(different("\(object) is computed from other columns, so nothing can be written"))
        }
        if nullable, !column.isNullable { return .wrong(different(isNeeded)) }
        switch (kind, column.kind) {
        case (.integer, .integer), (.flag, .integer), (.flag, .number), (.flag, .text): return .fits
        case (.flag, .other) where engine.dialect.typesAreAdvisory && column.declaredType != "blob": return .fits
        case (.integer, .number), (.integer, .other):
            // Where types are advisory, a whole number is kept as it is in whatever is not declared as text or as a fraction.
            let isFraction = ["real", "floa", "doub", "blob"].contains(where: column.declaredType.contains)
            return engine.dialect.typesAreAdvisory && !isFraction ? .fits : .wrong(different(isNeeded))
        case (.number, .integer):
            if found.givesNumbers { return .fits }
            return .wrong(
                different("\(object) gives a new row no number by itself", "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT"))
        case (.dateTime, .dateTime): return dateTimeVerdict(found, object, isNeeded, table, engine)
        case (.dateTime, .text(let limit)) where engine.dialect.typesAreAdvisory && (limit ?? .max) >= 23: return .fits
        case (.dateTime, .other) where engine.dialect.typesAreAdvisory && column.declaredType == "date": return .fits
        case (.text(let atLeast), .text(let limit)):
            if let set = found.characterSet, set != "utf8mb4" {
                return .wrong(
                    SchemaDifference(
                        object,
                        "\(object) is in the character set \(set), which cannot hold every character; needed is utf8mb4",
                        remedy: "ALTER TABLE `\(table)` CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;"))
            }
            return (limit ?? .max) >= atLeast ? .fits : .tooShort(different(isNeeded))
        default: return .wrong(different(isNeeded))
        }
    }

    private func dateTimeVerdict(
        _ found: TableColumn, _ object: String, _ isNeeded: DisplayText, _ table: String, _ engine: Engine
    ) -> Verdict {
        guard engine.dialect.declaresFractions else { return .fits }
        let declared = found.description.declaredType
        let digits = Int(declared.filter(\.isNumber)) ?? 0
        // Its own type: changing a TIMESTAMP into a DATETIME would move every time by the zone of the session. With a default:
        // otherwise an older server gives a TIMESTAMP one that changes by itself.
        let base = declared.prefix { $0 != "(" }
        let length = max(3, digits)
        let type =
            "\(base)(\(length)) \(found.description.isNullable ? "NULL" : "NOT NULL") DEFAULT current_timestamp(\(length))"
        func different(_ message: DisplayText) -> Verdict {
            .wrong(SchemaDifference(object, message, remedy: remedy(table, found, type, engine)))
        }
        if found.changesOnUpdate {
            return different(
                "\(object) changes by itself when a row does (ON UPDATE): a book's date would be that of its removal")
        }
        // A column without milliseconds would cut them off, and books would have the same time.
        return digits >= 3 ? .fits : different(isNeeded)
    }

    /// For a text, which is not a number: altering its type would turn 'N' into 1, the first of an ENUM.
    private func remedyOfText(_ table: String, _ column: String, _ type: String) -> DisplayText {
        "ALTER TABLE `\(table)` ADD COLUMN `\(column)_flag` \(type); UPDATE `\(table)` SET `\(column)_flag` = "
            + "`\(column)` IN ('1', 'true', 't', 'yes', 'y', 'on'); ALTER TABLE `\(table)` DROP COLUMN `\(column)`, "
            + "CHANGE COLUMN `\(column)_flag` `\(column)` \(type);"
    }

    private func remedy(_ table: String, _ found: TableColumn, _ type: String, _ engine: Engine) -> DisplayText? {
        switch engine {
        case .mariadb where kind == .integer && found.collation != nil: remedyOfText(table, found.name, type)
        case .mariadb: "ALTER TABLE `\(table)` MODIFY COLUMN `\(found.name)` \(type);"
        case .sqlite: nil
        }
    }

    var need: DisplayText {
        let type: DisplayText =
            switch kind {
            case .integer: "a whole number"
            case .flag: "a whole number, or a text such as Y and N"
            case .number: "a whole number that the database counts on"
            case .text(let atLeast): "a text of at least \(atLeast) characters"
            case .dateTime: "a date and time with milliseconds"
            }
        return nullable ? "\(type) that may be NULL" : type
    }
}
