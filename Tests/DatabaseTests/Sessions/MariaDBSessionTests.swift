import Database
import DatabaseMariaDB
import Foundation
import TestSupport
import Testing

/// What a session relies on is said by the driver, whatever the server's and the client library's own settings are.
@Suite("MariaDB sessions")
struct MariaDBSessionTests {
    private static func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file))
    }

    @Test("The session is in UTC, strict, and speaks UTF-8 compared byte for byte")
    func settings() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try MariaDBConnection(try database.options())
        let names = [
            "time_zone", "sql_mode", "character_set_client", "character_set_connection", "character_set_results",
            "collation_connection", "autocommit", "lock_wait_timeout", "innodb_lock_wait_timeout", "net_write_timeout",
        ]
        let settings = try names.map { name in
            try connection.first("SELECT @@SESSION.\(raw: name)") { $0.text(0) ?? "" } ?? ""
        }
        #expect(
            settings == [
                "+00:00", "STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION", "utf8mb4", "utf8mb4",
                "utf8mb4", "utf8mb4_bin", "1", "10", "10", "600",
            ])
        #expect(connection.maximumPacket == (try connection.count("SELECT @@GLOBAL.max_allowed_packet")))
        #expect(try connection.values("SELECT DATABASE()") == [[.text(database.schema)]])
    }

    @Test("The time to wait for locks is as asked for")
    func lockWait() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.lockWaitTimeout = 3
        let connection = try MariaDBConnection(options)
        #expect(
            try connection.values("SELECT @@SESSION.lock_wait_timeout, @@SESSION.innodb_lock_wait_timeout")
                == [[.integer(3), .integer(3)]])
    }

    @Test("Times are written and read in UTC")
    func zone() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        // Of the first second newer servers say NULL.
        #expect(
            try connection.values("SELECT FROM_UNIXTIME(86400), UNIX_TIMESTAMP('1970-01-02')") == [
                [.text("1970-01-02 00:00:00"), .integer(86_400)]
            ])
    }

    @Test("A bind's characters are counted as characters")
    func characters() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        #expect(
            try connection.values("SELECT CHAR_LENGTH(\("é🔩")), LENGTH(\("é🔩")), HEX('é🔩'), CHAR_LENGTH('é🔩')")
                == [[.integer(2), .integer(6), .text("C3A9F09F94A9"), .integer(2)]])
    }

    @Test("The server is sent no local file, though an option file would have it", arguments: [true, false])
    func localFiles(isAskedFor: Bool) throws {
        let database = try TestDatabase(.mariadb)
        let file = database.folder + "/private.txt"
        try Self.write("private\n", to: file)
        var options = try database.options()
        if isAskedFor {
            options.defaultsFile = database.folder + "/loading.cnf"
            try Self.write("[client]\nlocal-infile=1\n[pnbook]\nlocal-infile=1\n", to: database.folder + "/loading.cnf")
        }
        let connection = try MariaDBConnection(options)
        try connection.execute("CREATE TABLE held (t VARCHAR(100))")
        #expect(throws: DatabaseError.self) {
            try connection.execute("LOAD DATA LOCAL INFILE '\(raw: file)' INTO TABLE held")
        }
        #expect(try database.connect().count("SELECT COUNT(*) FROM held") == 0)
    }

    @Test("Several statements in one text are refused, though an option file would have them")
    func multipleStatements() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.defaultsFile = database.folder + "/many.cnf"
        try Self.write("[pnbook]\nmulti-statements=1\nmulti-queries=1\n", to: database.folder + "/many.cnf")
        let connection = try MariaDBConnection(options)
        try connection.execute("CREATE TABLE held (id INTEGER)")
        let error = #expect(throws: DatabaseError.self) {
            try connection.execute("INSERT INTO held VALUES (1); INSERT INTO held VALUES (2)")
        }
        #expect(error?.code == 1064)
        #expect(try connection.count("SELECT COUNT(*) FROM held") == 0)
    }

    @Test("User and password come from an option file's group, and the URL's user comes first")
    func optionFile() throws {
        let database = try TestDatabase(.mariadb)
        let root = try database.connect()
        let user = try TestUser(of: database, password: "correct-horse")
        try user.letIn(root)
        var options = try user.options()
        options.password = nil
        options.location.user = nil
        options.defaultsFile = database.folder + "/pnbook.cnf"
        try Self.write(
            "[other]\npassword=wrong\n[pnbook]\nuser=\(user.name)\npassword=correct-horse\n",
            to: database.folder + "/pnbook.cnf")
        #expect(try MariaDBConnection(options).values("SELECT CURRENT_USER()") == [[.text("\(user.name)@localhost")]])
        options.location.user = "root"
        options.password = Secret("")
        #expect(try MariaDBConnection(options).values("SELECT CURRENT_USER()") == [[.text("root@localhost")]])
    }

    @Test("An option file does not change the character set")
    func optionFileCharset() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.defaultsFile = database.folder + "/latin.cnf"
        try Self.write("[pnbook]\ndefault-character-set=latin1\n", to: database.folder + "/latin.cnf")
        let connection = try MariaDBConnection(options)
        #expect(try connection.values("SELECT \("é🔩"), 'é🔩'") == [[.text("é🔩"), .text("é🔩")]])
    }
}
