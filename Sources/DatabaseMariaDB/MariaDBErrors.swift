import Database
import Foundation

extension MariaDBConnection {
    static func error(code: Int, message: String, statement: String?, place: String) -> DatabaseError {
        DatabaseError(
            kind: kind(of: code, message: message), engine: .mariadb, code: code, message: message,
            statement: statement, place: place)
    }

    /// An error met while connecting: there a lost connection says that nobody answered.
    static func connectError(code: Int, message: String, _ location: MariaDBLocation) -> DatabaseError {
        var error = error(code: code, message: message, statement: nil, place: location.description)
        if error.kind == .connectionLost { error.kind = .unreachable }
        return error
    }

    private static func kind(of code: Int, message: String) -> DatabaseError.Kind {
        switch code {
        case 2001, 2002, 2003, 2004, 2005, 1040, 1049, 1203: .unreachable
        case 1045, 1698, 1820, 1862, 4151: .accessDenied
        case 1044, 1142, 1143, 1227, 1370: .missingRight(grant: MissingGrant(message)?.statement)
        case 1146, 1051: .missingTable
        case 1054: .missingColumn
        case 1290, 1792, 1836: .readOnly
        case 1205: .lockTimeout
        case 1213: .deadlock
        case 1020, 1412: .snapshotConflict
        case 2006, 2013, 2055, 1053, 1927, 1047, 1152, 1159, 1160, 1161: .connectionLost
        case 1062, 1586: .uniqueViolation
        case 1048, 1264, 1364, 1366, 1451, 1452, 4025: .constraintViolation
        case 1153, 1406, 2020: .dataTooLong
        case 1021, 1114, 1197: .full
        // A cluster's limit on a transaction has no number of its own.
        case 1105 where message.contains("writeset size"): .full
        // The storage engine's and the file system's own number stands in the text, with its words: 28 is ENOSPC.
        case 3, 1026, 1030: message.contains("28 \"No space") ? .full : .other
        case 1317, 1969, 1968: .interrupted
        case 2026: .tls
        case 2014: .misuse
        default: .other
        }
    }
}

/// The right that a refusal names, turned into the statement that grants it.
struct MissingGrant {
    /// ``GRANT SELECT ON `shop`.`lot` TO 'ann'@'localhost'``.
    let statement: String

    /// What the server names here are no rights that could be granted.
    private static let ungrantable: Set<String> = ["ANY", "SHOW", "GRANT"]

    /// Reads the server's messages 1142, 1143 and 1044; nil for any other, 1227 too: that one names no user.
    init?(_ message: String) {
        if let (rights, rest) = message.split(at: " command denied to user "), !Self.ungrantable.contains(rights) {
            if let (user, table) = rest.split(at: " for table ") {
                statement = "GRANT \(rights) ON \(Self.identifier(table)) TO \(user)"
                return
            }
            if let (user, names) = rest.split(at: " for column "), let (column, table) = names.split(at: " in table ") {
                let right = "\(rights) (\(Self.identifier(column)))"
                statement = "GRANT \(right) ON \(Self.identifier(table)) TO \(user)"
                return
            }
        } else if let (start, rest) = message.split(at: "Access denied for user "), start.isEmpty,
            let (user, schema) = rest.split(at: " to database ")
        {
            // GRANT reads a schema's name as a pattern.
            let name = Self.identifier(schema).replacing("_", with: "\\_").replacing("%", with: "\\%")
            statement =
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON \(name).* TO \(user)"
            return
        }
        return nil
    }

    /// A name in backticks: newer servers write them, older ones and other messages write plain quotes.
    private static func identifier(_ name: String) -> String {
        guard name.hasPrefix("'"), name.hasSuffix("'"), name.count >= 2 else { return name }
        return ("\(identifier: String(name.dropFirst().dropLast()))" as SQL).text
    }
}

extension String {
    /// What stands before the first `separator`, and after it; nil where there is none.
    fileprivate func split(at separator: String) -> (String, String)? {
        firstRange(of: separator).map { (String(self[..<$0.lowerBound]), String(self[$0.upperBound...])) }
    }
}
