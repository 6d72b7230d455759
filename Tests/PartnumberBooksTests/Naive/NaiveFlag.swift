import Harness
import TestSupport

/// A flag as another program may have stored it, and what it means: <doc:BookRules#Flag>, read once more and written in the most obvious
/// way.
enum NaiveFlag: Sendable {
    case null
    /// As SQL writes it.
    case number(String)
    case text(String)

    /// Nil for a value that means nothing.
    func isTrue(null: Bool) -> Bool? {
        switch self {
        case .null:
            return null
        case .number(let digits):
            return digits.contains { "123456789".contains($0) }
        case .text(let text):
            let word = text.lowercased()
            if ["1", "true", "t", "yes", "y", "on"].contains(word) { return true }
            return ["0", "false", "f", "no", "n", "off", ""].contains(word) ? false : nil
        }
    }

    /// How SQL writes it.
    var literal: String {
        switch self {
        case .null: "NULL"
        case .number(let digits): digits
        case .text(let text): "'\(text)'"
        }
    }

    static let words = [
        "1", "true", "t", "yes", "y", "on", "TRUE", "T", "Yes", "YES", "Y", "oN", "0", "false", "f", "no", "n", "off",
        "False", "F", "NO", "N", "Off", "OFF", "",
    ]

    /// A column of flags on both engines, and what may be in it.
    struct Column: Sendable {
        let mariadb: String
        let sqlite: String
        let values: [NaiveFlag]

        /// Types that hosts have been seen to use, and the largest there are.
        static let all: [Column] = [
            numbers("TINYINT(1)", "INTEGER", "0", "1", "-1", "7", "-128"),
            numbers("BIT(1)", "", "0", "1"),
            numbers("BIT(64)", "BIT", "0", "1", "256", "4294967296"),
            numbers("DECIMAL(10,2)", "", "0.00", "0.01", "-0.01", "1.00", "0"),
            numbers("DECIMAL(65,30)", "DECIMAL(65,30)", "0.000", "1.5", "-7"),
            numbers("FLOAT", "REAL", "0", "0.1", "-1.5", "1e30"),
            numbers("DOUBLE", "", "0.0", "1e-300", "1e300"),
            numbers("BIGINT", "BIGINT", "0", "9223372036854775807", "-9223372036854775807"),
            numbers("BIGINT UNSIGNED", "", "0", "18446744073709551615", "9223372036854775808", "1"),
            numbers("YEAR", "NUMERIC", "0", "2026"),
            texts("VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin", "TEXT"),
            texts("CHAR(9) CHARACTER SET latin1", ""),
            texts("TEXT", "VARCHAR(9)"),
            texts("ENUM(\(list)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", ""),
            texts("SET(\(list)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "CHAR(5)"),
        ]

        private static let list = NaiveFlag.words.filter { !$0.isEmpty }.map { "'\($0)'" }.joined(separator: ", ")

        private static func numbers(_ mariadb: String, _ sqlite: String, _ values: String...) -> Column {
            Column(mariadb: mariadb, sqlite: sqlite, values: values.map { .number($0) } + [.null])
        }

        private static func texts(_ mariadb: String, _ sqlite: String) -> Column {
            // An ENUM stores no empty text in strict mode, unless it is a member.
            let values = mariadb.hasPrefix("ENUM") ? NaiveFlag.words.filter { !$0.isEmpty } : NaiveFlag.words
            return Column(mariadb: mariadb, sqlite: sqlite, values: values.map { .text($0) } + [.null])
        }
    }
}

extension CatalogueModel {
    /// The same catalogue with flags as `column` holds them, drawn anew.
    func withFlags(of column: NaiveFlag.Column, _ random: inout SplitMix64) -> (CatalogueModel, flags: SpelledFlags) {
        var model = self
        var flags = SpelledFlags()
        for index in model.mappings.indices {
            let flag = random.pick(column.values)
            model.mappings[index].isPrimary = flag.isTrue(null: true) ?? false
            flags.isPrimary.append(flag)
        }
        for index in model.seen.indices {
            let (ignored, pattern) = (random.pick(column.values), random.pick(column.values))
            model.seen[index].isIgnored = ignored.isTrue(null: false) ?? false
            model.seen[index].isPattern = pattern.isTrue(null: false) ?? false
            flags.isIgnored.append(ignored)
            flags.isPattern.append(pattern)
        }
        return (model, flags)
    }
}

/// How the flags of a catalogue are stored, row by row.
struct SpelledFlags: Sendable {
    var isPrimary: [NaiveFlag] = []
    var isIgnored: [NaiveFlag] = []
    var isPattern: [NaiveFlag] = []
}
