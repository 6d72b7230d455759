import Database
import Foundation
import Harness
import TestSupport

/// A MariaDB user of the test's own, with a password and with the rights it is given; gone with the last reference.
final class LimitedUser {
    let name: String
    let password: String
    private let database: TestDatabase
    private let secrets: ScratchFolder

    /// - Parameter rights: `SELECT` by itself is on the whole schema; `SELECT ON lot` is on a table.
    init(on database: TestDatabase, rights: [String] = []) throws {
        self.database = database
        let number = UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        name = "u_" + number.prefix(12)
        password = "pw'\"\\ " + number.suffix(12)
        secrets = try ScratchFolder()
        let server = try TestDatabase.server()
        defer { server.close() }
        let quoted = password.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        try server.execute(SQL(raw: "CREATE USER \(account) IDENTIFIED BY '\(quoted)'"))
        for right in rights {
            let parts = right.split(separator: " ON ")
            let table = parts.count == 2 ? "`\(parts[1])`" : "*"
            try server.execute(
                SQL(raw: "GRANT \(parts.first ?? "USAGE") ON `\(database.schema)`.\(table) TO \(account)"))
        }
    }

    deinit {
        if let server = try? TestDatabase.server() {
            _ = try? server.execute(SQL(raw: "DROP USER \(account)"))
            server.close()
        }
    }

    /// `'u_…'@'localhost'`.
    var account: String { "'\(name)'@'localhost'" }

    /// Runs the program as this user.
    func pnbook(_ arguments: String...) throws -> ProgramResult { try pnbook(arguments) }

    /// Runs the program as this user.
    func pnbook(_ arguments: [String]) throws -> ProgramResult {
        let passwordFile = try secrets.write(password + "\n", to: "password")
        return try RunProgram(
            arguments + ["--database", try database.url(user: name), "--password-file", passwordFile]
        ).run()
    }
}
