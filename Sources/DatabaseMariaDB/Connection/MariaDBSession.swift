import CMariaDB
import Database
import ErrorModel
import Synchronization

/// Sets up a new connection's session, and reads what it must know of the server.
///
/// Two round trips for a server that this process has met before, four for another one. No table is read: a cluster's node that
/// is cut off refuses that.
struct MariaDBSession {
    /// The server's own limit of a packet, in bytes.
    let maximumPacket: Int
    /// The value of `read_only`, which lets an administrator's account write all the same.
    let readOnly: String
    /// Whether the binary log holds statements, not rows: then many rows cannot be bound at once (4033).
    let isLoggedByStatement: Bool

    /// The isolation of transactions that write.
    private enum Isolation: String {
        case readCommitted = "READ-COMMITTED"
        /// Where the binary log is written by statement: InnoDB takes no other there (1665).
        case repeatableRead = "REPEATABLE-READ"
    }

    /// Optional settings that the servers met so far have, by address and version: a second connection need not look.
    private static let known = Mutex<[String: [String]]>([:])

    /// Sets the session of `connection`, whose server has greeted as `version`.
    ///
    /// - Throws: `DatabaseError`; of kind `unsupportedSetting` where a setting that a promise depends on is not taken.
    init(_ connection: MariaDBConnection, _ options: MariaDBOptions, version: String) throws {
        let everywhere = MariaDBSessionSetting.everywhere(options)
        let server = "\(options.location.description) \(version)"
        var optional = Self.known.withLock { $0[server] }
        do {
            try Self.set(everywhere, optional ?? [], on: connection)
        } catch let error as DatabaseError where optional != nil && Self.isRefused(error) {
            // Another server behind the same name, built otherwise.
            optional = nil
            try Self.set(everywhere, [], on: connection)
        }
        let taken = try optional ?? Self.setOptional(on: connection)
        Self.known.withLock { $0[server] = taken }
        connection.mayWaitForNodes = taken.contains { $0.hasPrefix("wsrep_sync_wait ") }
        let facts = try Facts(connection, everywhere, taken)
        try Self.check(facts, everywhere, connection.place)
        maximumPacket = facts.maximumPacket
        readOnly = facts.readOnly
        // What init_connect may have left behind.
        if facts.isInTransaction { try connection.execute("ROLLBACK") }
        if facts.schema != options.location.schema {
            try connection.execute("USE \(identifier: options.location.schema)")
        }
        isLoggedByStatement = facts.wanted == .repeatableRead
        if facts.isolation != facts.wanted.rawValue {
            let level = facts.wanted == .repeatableRead ? "REPEATABLE READ" : "READ COMMITTED"
            try connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL \(raw: level)")
        }
    }

    private static func set(
        _ everywhere: [MariaDBSessionSetting], _ optional: [String], on connection: MariaDBConnection
    ) throws {
        let assignments = everywhere.map { "\($0.names[0]) = \($0.value)" } + optional
        try connection.execute(
            SQL(
                raw: "SET NAMES utf8mb4 COLLATE utf8mb4_bin, SESSION "
                    + assignments.joined(separator: ", SESSION ")))
    }

    /// Sets what this server has of the optional settings.
    ///
    /// - Returns: the assignments that it took.
    private static func setOptional(on connection: MariaDBConnection) throws -> [String] {
        let settings = MariaDBSessionSetting.optional
        let names = settings.flatMap(\.names).map { "'\($0)'" }.joined(separator: ", ")
        let rows = try connection.textRows(SQL(raw: "SHOW SESSION VARIABLES WHERE variable_name IN (\(names))"))
        let present = Set(rows.compactMap { $0.first??.lowercased() })
        var assignments = settings.compactMap { setting in
            setting.names.first(where: present.contains).map { "\($0) = \(setting.value)" }
        }
        do {
            try set(assignments, on: connection)
        } catch let error as DatabaseError where isRefused(error) {
            // One of them has the name but not the value: then each by itself.
            assignments = try assignments.filter { assignment in
                do {
                    try set([assignment], on: connection)
                    return true
                } catch let error as DatabaseError where isRefused(error) {
                    return false
                }
            }
        }
        return assignments
    }

    private static func set(_ assignments: [String], on connection: MariaDBConnection) throws {
        if assignments.isEmpty { return }
        try connection.execute(SQL(raw: "SET SESSION " + assignments.joined(separator: ", SESSION ")))
    }

    /// The variable is unknown, may not be set, or does not know the value.
    private static func isRefused(_ error: DatabaseError) -> Bool {
        [1193, 1227, 1231, 1232, 1238].contains(error.code)
    }

    /// Something between us and the server, such as a proxy, may silently drop a SET.
    private static func check(_ facts: Facts, _ settings: [MariaDBSessionSetting], _ place: String) throws {
        for (setting, found) in zip(settings.filter { $0.readBack != nil }, facts.readBack)
        where !isSame(found, setting.readBack) {
            throw DatabaseError(
                kind: .unsupportedSetting, engine: .mariadb, code: 0,
                message: "\(setting.names[0]) could not be set to \(setting.value) for this session: otherwise "
                    + "\(setting.reason). Connect to the server itself, or let what is in between pass SET on",
                place: place)
        }
    }

    /// A number is the same however many digits it is told with.
    private static func isSame(_ found: String?, _ wanted: String?) -> Bool {
        if found == wanted { return true }
        guard let found = found.flatMap(Double.init), let wanted = wanted.flatMap(Double.init) else { return false }
        return found == wanted
    }

    /// What one SELECT says of the server and of the session.
    private struct Facts {
        let maximumPacket: Int
        let readOnly: String
        let wanted: Isolation
        let isolation: String
        let isInTransaction: Bool
        let schema: String
        /// In the order of the settings that are read back.
        let readBack: [String?]

        /// What a server's `max_allowed_packet` may be, in bytes.
        private static let packets = 1024...(1 << 30)

        init(_ connection: MariaDBConnection, _ settings: [MariaDBSessionSetting], _ taken: [String]) throws {
            let isNew = taken.contains { $0.hasPrefix("transaction_isolation") }
            let checked = settings.filter { $0.readBack != nil }.map { ", @@session.\($0.names[0])" }
            let row =
                try connection.textRows(
                    connection.withoutWaiting(
                        "SELECT @@max_allowed_packet, @@global.read_only, @@log_bin, @@binlog_format, "
                            + "@@session.\(isNew ? "transaction" : "tx")_isolation, @@in_transaction, DATABASE(), "
                            + "GET_LOCK('\(connection.mark)',0)" + checked.joined())
                ).first ?? []
            guard row.count == 8 + checked.count, let packet = row[0].flatMap(Int.init), Self.packets.contains(packet)
            else {
                throw WireFault.malformed("no value of max_allowed_packet that a server has")
                    .error(statement: nil, place: connection.place)
            }
            func text(_ column: Int) -> String { row[column] ?? "" }
            maximumPacket = packet
            readOnly = text(1)
            let isLoggedByStatement = text(2) != "0" && text(3).uppercased() == "STATEMENT"
            wanted = isLoggedByStatement ? .repeatableRead : .readCommitted
            isolation = text(4)
            isInTransaction = text(5) == "1"
            schema = text(6)
            readBack = Array(row.dropFirst(8))
        }
    }
}
