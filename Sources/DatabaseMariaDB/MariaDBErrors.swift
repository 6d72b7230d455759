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
        if message.contains("SSL") || message.contains("TLS") || message.contains("certificate") { error.kind = .tls }
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
        case 1021, 1114: .full
        // The storage engine's and the file system's own number stands in the text: 28 is ENOSPC.
        case 3, 1026, 1030: message.contains("28") ? .full : .other
        case 1317, 1969, 1968: .interrupted
        case 2026: .tls
        case 2014: .misuse
        default: .other
        }
    }
}

/// The right that a refusal names, turned into the statement that grants it.
struct MissingGrant {
    /// `GRANT SELECT ON shop.lot TO 'ann'@'localhost'`.
    let statement: String

    /// Reads the server's messages 1142, 1143, 1044 and 1227; nil for any other.
    init?(_ message: String) {
        let words = message.split(separator: " ").map(String.init)
        if let command = words.firstIndex(of: "command"), let user = Self.word(after: "user", in: words) {
            let rights = words[..<command].joined(separator: " ")
            if let column = Self.word(after: "column", in: words), let table = Self.word(after: "table", in: words) {
                statement = "GRANT \(rights) (\(Self.bare(column))) ON \(Self.bare(table)) TO \(user)"
            } else if let table = Self.word(after: "table", in: words) {
                statement = "GRANT \(rights) ON \(Self.bare(table)) TO \(user)"
            } else {
                return nil
            }
        } else if message.hasPrefix("Access denied for user"), let user = Self.word(after: "user", in: words),
            let schema = Self.word(after: "database", in: words)
        {
            statement =
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON "
                + "`\(Self.bare(schema))`.* TO \(user)"
        } else if let need = message.range(of: "at least one of) the "), let user = Self.word(after: "user", in: words)
        {
            let right = message[need.upperBound...].prefix { $0 != " " && $0 != "," }
            statement = "GRANT \(right) ON *.* TO \(user)"
        } else {
            return nil
        }
    }

    private static func word(after keyword: String, in words: [String]) -> String? {
        guard let index = words.firstIndex(of: keyword), index + 1 < words.count else { return nil }
        return words[index + 1]
    }

    private static func bare(_ name: String) -> String {
        name.filter { $0 != "'" && $0 != "\"" }
    }
}
