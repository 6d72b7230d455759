import Foundation
import Harness
import TestSupport
import Testing

/// `service`: units that systemd itself finds right.
@Suite("service")
struct ServiceTests {
    /// A path as systemd wants it.
    private static func plain(_ path: String) -> String { path.replacing(/\/+/, with: "/") }

    private static let databases = [
        "sqlite:/var/lib/my books/$a%/books.db", "mariadb://pnbook@db.example/priceforge?tls-ca=/etc/ssl/db%20ca.pem",
        "mariadb://pnbook@localhost/price%25forge?socket=/run/mysqld/mysqld.sock",
    ]

    @Test("systemd-analyze finds nothing to say of them", arguments: databases)
    func verified(database: String) throws {
        let folder = try ScratchFolder()
        let config = try folder.write(
            "database = \(database)\nping-url = https://hc.example/s3cr3t\nmetrics = /var/lib/metrics/pnbook.prom\n",
            to: "pnbook.conf")
        let secret = try folder.write("s3cr3t", to: "password")
        let user = database.hasPrefix("sqlite:") ? ["--user", "root"] : []
        for flags in [
            ["--config", config] + user, ["--database", database, "--password-file", secret, "--user", "root"],
        ] {
            var program = RunProgram(
                ["service", "--to", folder.path, "--timezone", "Europe/Berlin", "--at", "02:15", "--jitter", "5m"]
                    + flags)
            program.environment = ["HOME": folder.path]
            let result = try program.run()
            #expect(result.code == 0, "\(result.stderr)")
            #expect(result.stdout.contains("systemctl enable --now pnbook.timer"))
            let check = try ChildRun.run(
                ["systemd-analyze", "verify", folder.path + "/pnbook.service", folder.path + "/pnbook.timer"])
            #expect(check.code == 0 && check.said == "", "\(check.said)")
            let service = try String(contentsOfFile: folder.path + "/pnbook.service", encoding: .utf8)
            #expect(!service.contains("s3cr3t"))
            #expect(service.contains(" create --triggered-by scheduled --quiet"))
            let timer = try String(contentsOfFile: folder.path + "/pnbook.timer", encoding: .utf8)
            #expect(
                timer.contains("OnCalendar=*-*-* 02:15:00 Europe/Berlin\nPersistent=true\nRandomizedDelaySec=300s\n"))
        }
    }

    @Test("Files go in as credentials, the rest as variables, and secrets not at all")
    func handedOver() throws {
        let folder = try ScratchFolder()
        let secret = try folder.write("s3cr3t", to: "password")
        let options = try folder.write("[pnbook]\npassword=s3cr3t\n", to: "my.cnf")
        var program = RunProgram([
            "service", "--database", "mariadb://pnbook@db/shop?tls-ca=/etc/a%20b.pem", "--password-file", secret,
            "--defaults-file", options,
        ])
        program.environment = ["HOME": folder.path, "PNBOOK_PING_URL": "https://hc.example/s3cr3t"]
        let result = try program.run()
        #expect(result.code == 0, "\(result.stderr)")
        for line in [
            "LoadCredential=pnbook-password:\(Self.plain(secret))", "LoadCredential=pnbook.cnf:\(Self.plain(options))",
            "Environment=PNBOOK_DEFAULTS_FILE=%d/pnbook.cnf",
            "Environment=PNBOOK_DATABASE=mariadb://pnbook@db/shop?tls-ca=/etc/a%%20b.pem", "DynamicUser=yes",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "ProtectSystem=strict", "NoNewPrivileges=yes",
        ] {
            #expect(result.stdout.contains("\n" + line + "\n"), "no line \(line)")
        }
        #expect(!result.stdout.contains("s3cr3t"))
        #expect(result.stderr.contains("write ping-url into the configuration file instead"))
    }

    @Test("The file's owner runs a SQLite service, without a network, and may write its folder")
    func embedded() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        let text = try database.pnbook("service").stdout
        let owner = try FileManager.default.attributesOfItem(atPath: database.path)[.ownerAccountName] as? String
        for line in ["User=\(owner ?? "?")", "ReadWritePaths=\(Self.plain(database.folder))", "PrivateNetwork=yes"] {
            #expect(text.contains("\n" + line + "\n"), "no line \(line)")
        }
    }

    @Test("Paths with blanks, signs and links are handed over as they are, and may be written where they lead to")
    func strangePaths() throws {
        let folder = try ScratchFolder()
        for name in ["real place", "named"] {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/" + name, withIntermediateDirectories: false)
        }
        try folder.write("", to: "real place/x.db")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/named/x.db", withDestinationPath: "../real place/x.db")
        var program = RunProgram(["service", "--database", "sqlite:\(folder.path)/named/x.db"])
        program.environment = ["PNBOOK_METRICS": "/srv/m y/$a.prom"]
        let text = try program.run().stdout
        #expect(text.contains("ReadWritePaths=\"\(Self.plain(folder.path))/real place\"\n"))
        #expect(text.contains("ReadWritePaths=\"-/srv/m y\"\n"))
        #expect(text.contains("Environment=\"PNBOOK_METRICS=/srv/m y/$a.prom\"\n"))
    }

    @Test("A password command has a network, and the admin is told as whom it runs")
    func passwordCommand() throws {
        let folder = try ScratchFolder()
        let config = try folder.write(
            "database = mariadb://ann@localhost/shop\npassword-command = vault read x\n", to: "pnbook.conf")
        let result = try RunProgram(["service", "--config", config]).run()
        #expect(result.stdout.contains("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"))
        #expect(!result.stdout.contains("PrivateNetwork"))
        #expect(result.stderr.contains("the password command runs as the service's user"))
    }

    @Test("What is run by the unit, with systemd's credentials, makes a book")
    func runs() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 2))
        let user = try LimitedUser(on: database, rights: ["ALL"])
        let folder = try ScratchFolder()
        let secret = try folder.write(user.password + "\n", to: "password")
        let config = try folder.write(
            "database = \(try database.url(user: user.name))\npassword-file = \(secret)\n", to: "pnbook.conf")
        let unit = try RunProgram(["service", "--config", config]).run().stdout
        let command = try #require(unit.firstMatch(of: /ExecStart=(\S+) (.+)\n/))
        #expect(command.1.hasSuffix("/pnbook"))
        // What systemd does: it copies the files and says where.
        let credentials = try ScratchFolder()
        for match in unit.matches(of: /LoadCredential=([^:]+):(.+)\n/) {
            let text = try String(contentsOfFile: String(match.2), encoding: .utf8)
            try credentials.write(text, to: String(match.1), mode: 0o440)
        }
        try FileManager.default.removeItem(atPath: secret)
        let words = String(command.2).replacing("%d", with: credentials.path).split(separator: " ").map(String.init)
        var program = RunProgram(words)
        program.environment = ["CREDENTIALS_DIRECTORY": credentials.path]
        let result = try program.run()
        #expect(result.code == 0, "\(result.stderr)")
        #expect(result.stdout == "", "a good night says nothing")
        #expect(try database.tasks().first?["triggered_by"] == "scheduled")
    }

    @Test("What systemd would not take is refused")
    func refused() throws {
        let service = { (arguments: [String]) in try RunProgram(["service"] + arguments).run() }
        try service(["--database", "sqlite:books.db"]).expectRefusal(64, saying: "is not a full path")
        try service(["--database", "sqlite:/nowhere/books.db"]).expectRefusal(64, saying: "--user NAME")
        let there = ["--database", "sqlite:/var/lib/books.db", "--user", "root"]
        let remote = "mariadb://ann@db/shop?tls-ca="
        try service(["--database", remote + "ca.pem"]).expectRefusal(64, saying: "tls-ca ca.pem is not a full path")
        let local = "mariadb://ann@localhost/shop?socket="
        try service(["--database", local + "x.sock"]).expectRefusal(64, saying: "socket x.sock is not a full path")
        var metrics = RunProgram(["service"] + there)
        metrics.environment = ["PNBOOK_METRICS": "pnbook.prom"]
        try metrics.run().expectRefusal(64, saying: "metrics pnbook.prom is not a full path")
        try service(there + ["--at", "25:00"]).expectRefusal(64, saying: "--at '25:00'")
        try service(there + ["--jitter", "3 weeks"]).expectRefusal(64, saying: "--jitter")
        try service(there + ["--program", "pnbook"]).expectRefusal(64, saying: "--program 'pnbook' is not a full path")
        try service(there + ["--to", "/nowhere"]).expectRefusal(74, saying: "/nowhere/pnbook.service")
    }

    @Test("A folder for metrics that the service's user may not write is warned of, and one that it may is not")
    func metricsFolder() throws {
        let folder = try PublicFolder()
        let warnings = { (user: [String], mode: Int) in
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
            var program = RunProgram(
                ["service", "--database", "mariadb://pnbook@localhost/shop", "--program", "/usr/local/bin/pnbook"]
                    + user)
            program.environment = ["PNBOOK_METRICS": folder.path + "/pnbook.prom"]
            let result = try program.run()
            #expect(result.code == 0, "\(result.stderr)")
            return result.stderr
        }
        #expect(try warnings([], 0o755).contains("(DynamicUser), who may not write the metrics "))
        #expect(try !warnings([], 0o777).contains("may not write the metrics"))
        #expect(try warnings(["--user", "nobody"], 0o755).contains("the service runs as nobody, who may not write"))
        #expect(try !warnings(["--user", "nobody"], 0o777).contains("may not write the metrics"))
        #expect(try !warnings(["--user", "root"], 0o755).contains("may not write the metrics"))
    }
}
