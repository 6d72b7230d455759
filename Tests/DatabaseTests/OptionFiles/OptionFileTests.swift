import Database
import DatabaseMariaDB
import ErrorModel
import Testing

@Suite("Option files")
struct OptionFileTests {
    private static func read(_ text: String) throws -> OptionFile { try OptionFile(text.utf8, path: "my.cnf") }

    @Test("Each setting's last line counts, in whichever group that is read")
    func groups() throws {
        let file = try Self.read(
            """
            # for all
            [client]
            user=first
            password=one
            [mysqldump]
            user=dump
            [client-server]
            user = second
            [ client-mariadb]
            user=spaced
            [client-mariadb ] behind it
            password = "two"
            [pnbook]
            ; the last
            ssl-cert=c.pem
            tls_key = k.pem
            ssl-fp-list=prints
            [client]
            user=third
            """)
        #expect(file.user == "third")
        #expect(file.password?.value == "two")
        #expect(file.texts == [.certificate: "c.pem", .key: "k.pem", .fingerprints: "prints"])
    }

    @Test(
        "Values are read with their quotes and escapes",
        arguments: [
            ("a b", "a b"), ("\"a b \"", "a b "), ("'it''s'", "it''s"), ("'a\"", "a"), ("a'", "a'"), ("\"", ""),
            ("", ""),
            ("a#b", "a#b"), ("a # b", "a # b"), (#"a\sb\tc\\d"#, "a b\tc\\d"), (#"a\qb"#, #"a\qb"#), (#"a\"#, #"a\"#),
            (#"\"a\""#, "\"a\""), ("a=b", "a=b"), ("é🔩", "é🔩"),
        ])
    func values(written: String, value: String) throws {
        for line in ["password=\(written)", "  password  =  \(written)  ", "password=\(written)\r"] {
            let file = try Self.read("[client]\npassword=other\n[pnbook]\n" + line)
            #expect(file.password?.value == (value.isEmpty ? nil : value), "\(line)")
        }
    }

    /// Every way in which one of MariaDB's programs takes such an option.
    private static let weakening = [
        "ssl-verify-server-cert=0", "ssl_verify_server_cert=0", "SSL-Verify-Server-Cert=OFF",
        "skip-ssl-verify-server-cert",
        "disable-ssl-verify-server-cert", "disable_ssl_verify_server_cert", "loose-ssl-verify-server-cert=0",
        "loose-skip-ssl-verify-server-cert", "loose_disable_ssl", "ssl-verify=0", "ssl-v=0", "ssl=0", "ssl=1", "ssl",
        "skip-ssl",
        "skip_ssl", "disable-ssl", "enable-ssl=0", "ssl-mode=DISABLED", "ssl-enforce=0", "tls-enforce=0",
        "tls-verify-peer=0",
        "tls_verify_peer=0", "ssl-cipher=NULL", "tls-cipher=eNULL", "tls-version=TLSv1.0", "tls_version=TLSv1.0",
        "loose-ssl-ca=x.pem", "skip-ssl-ca", "maximum-ssl-verify-server-cert=0", "ssl-ca=", "ssl-fp", "tls-fp=\"\"",
    ]

    @Test("What would change the verification is refused in our own group by name and line", arguments: weakening)
    func refused(line: String) throws {
        let error = #expect(throws: OptionFileError.self) {
            try Self.read("[client]\nuser=ann\n\n[pnbook]\n\(line)\npassword=hunter2\n")
        }
        #expect(error?.category == .configuration)
        let name = line.prefix { $0 != "=" }
        #expect(
            error?.description.lowercased().contains("my.cnf:5: \(name.lowercased())") == true
                || error?.description.contains("has no value") == true, "\(error?.description ?? "")")
        #expect(error?.remedy != nil)
    }

    @Test("The same is passed over in the groups that are for other programs", arguments: weakening)
    func passedOver(line: String) throws {
        for group in ["client", "client-server", "client-mariadb", "mysql", "mariadb"] {
            let file = try Self.read("[\(group)]\n\(line)\n[pnbook]\nuser=ann\n")
            #expect(file.user == "ann" && file.texts.isEmpty, "\(group): \(file.texts)")
        }
    }

    @Test("What the URL says, and what is not done at all, is passed over")
    func others() throws {
        let file = try Self.read(
            """
            [pnbook]
            host=elsewhere
            port=1
            socket=/tmp/s
            database=other
            protocol=memory
            init-command=DROP TABLE t
            plugin-dir=/tmp
            default-auth=mysql_clear_password
            local-infile=1
            max-allowed-packet=1
            compress
            user=ann
            """)
        #expect(file.user == "ann" && file.password == nil && file.texts.isEmpty)
    }

    @Test(
        "A line that makes no sense is refused with its place",
        arguments: [
            ("user=ann\n", 1), ("\n\n[pnbook\nuser=ann", 3), ("[pnbook]\n=x", 2), ("[pnbook]\n\"user\"=x", 2),
            ("[pnbook]\n!include other.cnf", 2), ("!includedir /etc/mysql/conf.d/\n[pnbook]\nuser=a", 1),
        ])
    func senseless(text: String, line: Int) {
        let error = #expect(throws: OptionFileError.self) { try Self.read(text) }
        #expect(error?.description.hasPrefix("my.cnf:\(line): ") == true, "\(error?.description ?? "")")
    }

    @Test("Bytes that are not UTF-8 are refused where they are read, and not repeated")
    func bytes() throws {
        let wrong = Array("[pnbook]\npassword=hunter".utf8) + [0xFF, 0x0A]
        let error = #expect(throws: OptionFileError.self) { try OptionFile(wrong, path: "my.cnf") }
        #expect(error?.description == "my.cnf:2: the value of password is not UTF-8 text")
        #expect(try OptionFile(Array("[mysql]\nx=".utf8) + [0xFF, 0x0A], path: "my.cnf") == OptionFile())
    }
}
