import CMariaDB
import Database
import DatabaseMariaDB
import Foundation
import Harness
import Testing

/// The client library's own reading of the same files: user and password are what they were when it read them.
@Suite("Option files as the client library reads them")
struct OptionFileLibraryTests {
    private struct Found: Equatable {
        var user: String?
        var password: String?
    }

    /// What the library takes from a file.
    private static func byLibrary(_ path: String) throws -> Found {
        let pointer = try #require(mysql_init(nil))
        defer { mysql_close(pointer) }
        mysql_options(pointer, MYSQL_READ_DEFAULT_FILE, path)
        mysql_options(pointer, MYSQL_READ_DEFAULT_GROUP, "pnbook")
        // Fails, and keeps what it has read.
        let flags = UInt(CLIENT_REMEMBER_OPTIONS)
        let connection = mysql_real_connect(pointer, "localhost", nil, nil, nil, 0, path + ".absent", flags)
        #expect(connection == nil)
        let options = pointer.pointee.options
        return Found(
            user: options.user.map { String(cString: $0) }, password: options.password.map { String(cString: $0) })
    }

    private static func line(_ random: inout SplitMix64) -> String {
        let groups = [
            "client", "client-server", "client-mariadb", "pnbook", "mysql", "client ", " client", "Client", "pnbook2",
        ]
        let blanks = ["", "", " ", "\t", "  "]
        if random.chance(25) {
            return random.pick(blanks) + "[" + random.pick(groups) + "]" + random.pick(["", " ", " x", "#"])
        }
        if random.chance(10) { return random.pick(["", "#user=x", ";password=x", "  # x", "   "]) }
        let pieces = [
            "a", "b c", "#", ";", "\\n", "\\s", "\\t", "\\\\", "\\", "\\q", "'", "\"", "=", "é", "[", "]", " ", "\t",
        ]
        let value = (0..<random.below(6)).map { _ in random.pick(pieces) }.joined()
        let name = random.pick([
            "user", "password", "user", "password", "host", "port", "loose-user", "User", "passwor",
        ])
        return random.pick(blanks) + name + random.pick(blanks) + "=" + random.pick(blanks) + value
            + random.pick(blanks)
    }

    @Test("A thousand files at random")
    func random() throws {
        let scratch = try ScratchFolder()
        var random = SplitMix64(seed: 13)
        var taken = 0
        for number in 0..<1000 {
            let lines = ["[pnbook]"] + (0..<random.below(8)).map { _ in Self.line(&random) }
            let text = lines.joined(separator: random.chance(20) ? "\r\n" : "\n") + (random.chance(80) ? "\n" : "")
            let path = try scratch.write(text, to: "\(number).cnf")
            let file = try OptionFile(text.utf8, path: path)
            // Of a name in other letters or with a prefix the library knows nothing.
            if text.contains("User") { continue }
            taken += 1
            let ours = Found(user: file.user, password: file.password?.value)
            #expect(try Self.byLibrary(path) == ours, "\(text.debugDescription)")
        }
        #expect(taken > 300)
    }
}
