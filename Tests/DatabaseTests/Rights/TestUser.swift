import Database
import DatabaseMariaDB
import Foundation
import TestSupport

/// A MariaDB user without any right, of this test alone; dropped with the last reference.
final class TestUser {
    let name: String
    let password: String
    private let schema: String

    init(of database: TestDatabase, password: String = "") throws {
        name = "u_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased().prefix(20)
        self.password = password
        schema = database.schema
        let server = try TestDatabase.server()
        // A user cannot be a bound value on every line of the server.
        try server.execute("CREATE USER \(raw: account) IDENTIFIED BY '\(raw: password)'")
        server.close()
    }

    deinit {
        if let server = try? TestDatabase.server() { _ = try? server.execute("DROP USER \(raw: account)") }
    }

    /// As the server writes it.
    var account: String { "'\(name)'@'localhost'" }

    /// Lets the user into the schema, and to nothing in it but a table of no interest.
    func letIn(_ root: any Connection) throws {
        try root.execute("CREATE TABLE doormat (id INTEGER)")
        try root.execute("GRANT SELECT ON doormat TO \(raw: account)")
    }

    func options(password: String? = nil) throws -> MariaDBOptions {
        MariaDBOptions(
            location: MariaDBURL(
                user: name, host: "localhost", socket: try TestDatabase.socket(), schema: schema),
            password: Secret(password ?? self.password))
    }

    func connect() throws -> MariaDBConnection {
        try MariaDBConnection(try options())
    }
}

extension TestDatabase {
    /// Where this schema is, for root.
    func options() throws -> MariaDBOptions {
        MariaDBOptions(
            location: MariaDBURL(user: "root", host: "localhost", socket: try Self.socket(), schema: schema))
    }
}
