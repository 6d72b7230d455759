import Database
import ErrorModel
import Testing

@Suite("Database locations")
struct DatabaseURLTests {
    private static func mariadb(
        _ user: String?, _ host: String, _ port: UInt16? = nil, _ schema: String, socket: String? = nil,
        tls: MariaDBURL.TLS? = nil, tlsCA: String? = nil
    ) -> DatabaseURL {
        .mariadb(
            MariaDBURL(user: user, host: host, port: port, socket: socket, schema: schema, tls: tls, tlsCA: tlsCA))
    }

    @Test(
        "Every form is read",
        arguments: [
            ("sqlite:pnbook.db", .sqlite(path: "pnbook.db")),
            ("sqlite:/var/lib/pn book/50%.db", .sqlite(path: "/var/lib/pn book/50%.db")),
            ("sqlite:a?b=c#d", .sqlite(path: "a?b=c#d")),
            ("sqlite:./:memory:", .sqlite(path: "./:memory:")), ("sqlite:./file:x", .sqlite(path: "./file:x")),
            ("sqlite:/srv/a:b@c.db", .sqlite(path: "/srv/a:b@c.db")),
            ("sqlite:./a:b@c.db", .sqlite(path: "./a:b@c.db")),
            ("mariadb://ann@db.example:3307/shop", mariadb("ann", "db.example", 3307, "shop")),
            ("mariadb://ann@db.example/shop", mariadb("ann", "db.example", nil, "shop")),
            ("mariadb://db.example/shop", mariadb(nil, "db.example", nil, "shop")),
            ("mariadb://ann@/shop", mariadb("ann", "localhost", nil, "shop")),
            ("mariadb:///shop", mariadb(nil, "localhost", nil, "shop")),
            ("mariadb://:3307/shop", mariadb(nil, "localhost", 3307, "shop")),
            ("mariadb://127.0.0.1:1/shop", mariadb(nil, "127.0.0.1", 1, "shop")),
            ("mariadb://h:65535/shop", mariadb(nil, "h", 65_535, "shop")),
            ("mariadb://[::1]/shop", mariadb(nil, "::1", nil, "shop")),
            ("mariadb://ann@[2001:db8::7]:3307/shop", mariadb("ann", "2001:db8::7", 3307, "shop")),
            (
                "mariadb://ann@h/shop?socket=/run/mysqld/mysqld.sock",
                mariadb("ann", "h", nil, "shop", socket: "/run/mysqld/mysqld.sock")
            ),
            ("mariadb://h/shop?tls=disable", mariadb(nil, "h", nil, "shop", tls: .disable)),
            ("mariadb://h/shop?tls=require", mariadb(nil, "h", nil, "shop", tls: .require)),
            (
                "mariadb://h/shop?tls=verify-full&tls-ca=/etc/ssl/ca.pem",
                mariadb(nil, "h", nil, "shop", tls: .verifyFull, tlsCA: "/etc/ssl/ca.pem")
            ),
            ("mariadb://h/shop?", mariadb(nil, "h", nil, "shop")),
            ("mariadb://h/shop?&tls=require&", mariadb(nil, "h", nil, "shop", tls: .require)),
        ] as [(String, DatabaseURL)])
    func forms(url: String, location: DatabaseURL) throws {
        #expect(try DatabaseURL(parsing: url) == location)
    }

    @Test(
        "Percent-escapes are read in every part",
        arguments: [
            ("mariadb://a%40b@h/shop", mariadb("a@b", "h", nil, "shop")),
            ("mariadb://%C3%A4nne@h/b%C3%BCcher%201%3F", mariadb("änne", "h", nil, "bücher 1?")),
            ("mariadb://ann@h/100%25", mariadb("ann", "h", nil, "100%")),
            ("mariadb://db%2Eexample/shop", mariadb(nil, "db.example", nil, "shop")),
            ("mariadb://h/shop?socket=%2Ftmp%2Fa%26b.sock", mariadb(nil, "h", nil, "shop", socket: "/tmp/a&b.sock")),
            ("mariadb://h/shop?tls-ca=/a%20b=c", mariadb(nil, "h", nil, "shop", tlsCA: "/a b=c")),
        ])
    func escapes(url: String, location: DatabaseURL) throws {
        #expect(try DatabaseURL(parsing: url) == location)
    }

    @Test(
        "Every mistake has its error",
        arguments: [
            ("", .unknownScheme), ("pnbook.db", .unknownScheme), ("mysql://h/shop", .unknownScheme),
            ("SQLITE:x", .unknownScheme), ("mariadb:h/shop", .unknownScheme), ("postgres://h/s", .unknownScheme),
            ("sqlite:", .emptyPath), ("sqlite::memory:", .inMemory), ("sqlite:file:a.db?mode=ro", .fileURI),
            ("mariadb://a;b@h/shop", .badUser), ("mariadb://a%20b@h/shop", .badUser), ("mariadb://a%0Ab@h/s", .badUser),
            ("mariadb://h;x/shop", .badHost), ("mariadb://h%0A/shop", .badHost), ("mariadb://[h;]/shop", .badHost),
            ("mariadb://höst/shop", .badHost), ("mariadb://[::1:S3]/shop", .badHost), ("mariadb://[db]/shop", .badHost),
            ("mariadb://h/shop#x", .badSchema), ("mariadb://h/a/b", .badSchema), ("mariadb://h/a%2Fb", .badSchema),
            ("mariadb://h/a%3Ab", .badSchema), ("mariadb://h/a%0Ab", .badSchema), ("mariadb://h/a%40b", .badSchema),
            ("mariadb://h/a%00b", .badEscape("schema")), ("mariadb://a%00b@h/s", .badEscape("user")),
            ("mariadb://", .missingSchema), ("mariadb://ann@h", .missingSchema), ("mariadb://ann@h/", .missingSchema),
            ("mariadb://ann@h:3306", .missingSchema), ("mariadb://h?tls=require", .missingSchema),
            ("mariadb://h:0/shop", .badPort), ("mariadb://h:65536/shop", .badPort),
            ("mariadb://h:/shop", .badPort), ("mariadb://h:33x/shop", .badPort),
            ("mariadb://h:-1/shop", .badPort), ("mariadb://h:+3306/shop", .badPort),
            ("mariadb://[::1]:0/shop", .badPort), ("mariadb://[::1]3306/shop", .badPort),
            ("mariadb://a%4@h/shop", .badEscape("user")), ("mariadb://a%zz@h/shop", .badEscape("user")),
            ("mariadb://h%/shop", .badEscape("host")), ("mariadb://h/shop%2", .badEscape("schema")),
            ("mariadb://h/%FF", .badEscape("schema")), ("mariadb://h/%+1", .badEscape("schema")),
            ("mariadb://h/shop?socket=%", .badEscape("parameter 1")),
            ("mariadb://h/shop?charset=latin1", .unknownParameter(position: 1)),
            ("mariadb://h/shop?tls=require&TLS=require", .unknownParameter(position: 2)),
            ("mariadb://h/shop?tls=yes", .badTLSMode), ("mariadb://h/shop?tls", .badTLSMode),
            ("mariadb://h/shop?tls=Require", .badTLSMode),
        ] as [(String, DatabaseURLError)])
    func mistakes(url: String, mistake: DatabaseURLError) {
        #expect(throws: mistake) { try DatabaseURL(parsing: url) }
    }

    @Test(
        "A password is refused and never repeated",
        arguments: [
            "mariadb://ann:hunter2@db.example:3306/shop", "mariadb://ann:hunter2@h/shop?tls=require",
            "mariadb://:hunter2@h/shop", "mariadb://ann:@h/hunter2", "mariadb://ann:hunter2@@h/shop",
            "mariadb://ann:hunter2/@h/shop", "mariadb://ann:12/hunter2@h/shop", "mariadb://ann:hunter2?@h/shop",
            "mariadb://ann:hunter2/x?y@h/shop", "mariadb://h/shop?password=hunter2",
            "mariadb://ann@h/shop?tls=require&password=hunter2", "mariadb://h/shop?Password=hunter2",
            "mariadb://h/shop?passwd=hunter2", "mariadb://h/shop?pwd=hunter2", "mariadb://h/shop?api_token=hunter2",
            "mariadb://ann%3Ahunter2@h/shop", "mariadb://ann%3ahunter2@h/shop", "mariadb:///ann:hunter2@h/shop",
            "mariadb:///ann%3Ahunter2%40h/shop", "mariadb:////ann:hunter2@h/shop",
            "mariadb://ann\u{FF1A}hunter2@h/shop",
            "mariadb://ann:\u{301}hunter2@h/shop", "mariadb://ann\u{2236}hunter2@h/shop",
            "mariadb://ann%EF%BC%9Ahunter2@h/shop", "mariadb://ann@hunter2@h/shop", "mariadb://@hunter2@h/shop",
            "mariadb://[ann:hunter2@h]/shop", "mariadb://h/shop?socket=ann:hunter2@h",
            "mariadb://h/shop?tls-ca=ann:hunter2@h", "mariadb://h/shop#ann:hunter2@h", "sqlite:ann:hunter2@h/shop",
            "sqlite://ann:hunter2@h/shop", "sqlite:///ann:hunter2@h/shop", "sqlite:ann:\u{301}hunter2@h/shop",
        ])
    func passwords(url: String) {
        let error = #expect(throws: DatabaseURLError.self) { try DatabaseURL(parsing: url) }
        #expect(error == .passwordInURL)
        #expect(error.map { String(reflecting: $0).contains("hunter2") } == false)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(
        "A password in a wrong place is not repeated either",
        arguments: [
            "mariadb://ann:hunter2/shop", "mariadb://ann:hunter2", "mariadb://ann:12?hunter2@h/shop",
            "mariadb://ann:12/a?hunter2@h/shop",
            "mariadb://h/shop?hunter2", "mariadb://h/shop?hunter2=x", "mariadb://h/shop?p%61ssword=hunter2",
            "mariadb://h/shop?tls=hunter2", "mariadb://ann;hunter2@h/shop", "mariadb://ann hunter2@h/shop",
            "mariadb://ann%zzhunter2@h/shop", "MARIADB://ann:hunter2@h/shop", "mariadb:ann:hunter2@h/shop",
            " mariadb://ann:hunter2@h/shop", "mysql://ann:hunter2@h/shop", "mariadb//ann:hunter2@h/shop",
            "mariadb:\u{301}//ann:hunter2@h/shop", "mariadb://h/shop#ann:hunter2", "ann:hunter2@h/shop",
        ])
    func misplacedPasswords(url: String) {
        let error = #expect(throws: DatabaseURLError.self) { try DatabaseURL(parsing: url) }
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test("Every error says what to write instead")
    func descriptions() {
        let form = Remedy.text("Write sqlite:PATH or mariadb://user@host:port/schema")
        for error in [
            DatabaseURLError.unknownScheme, .emptyPath, .missingSchema, .badPort, .badEscape("user"),
        ] {
            #expect(error.remedy == form)
        }
        #expect(DatabaseURLError.unknownParameter(position: 1).description.contains("socket, tls, tls-ca and replica"))
        #expect(DatabaseURLError.badTLSMode.description.contains("disable, require, verify-ca, verify-full"))
        #expect(DatabaseURLError.passwordInURL.remedy == .handOverPassword(first: "Take it out, change it"))
    }

    @Test("A location is written as it was given, without its parameters for TLS")
    func written() throws {
        for url in [
            "sqlite:/var/lib/pnbook.db", "mariadb://ann@db.example:3307/shop", "mariadb://db.example/shop",
            "mariadb://ann@[::1]:3307/shop", "mariadb://[::1]/shop", "mariadb://ann@h/shop?socket=/run/m.sock",
            "mariadb://ann%40corp@[fe80::1%25eth0]/shop%3F100%25", "mariadb://h/shop?socket=/run/a%26b%25.sock",
        ] {
            #expect(try DatabaseURL(parsing: url).description == url)
        }
        #expect(try DatabaseURL(parsing: "mariadb://h/s?tls=require").description == "mariadb://h/s")
    }

    @Test(
        "TLS is verified over TCP and left out over a socket, where nobody asked for anything else",
        arguments: [
            ("mariadb://localhost/s", .disable, true), ("mariadb:///s", .disable, true),
            ("mariadb://h/s?socket=/m.sock", .disable, true), ("mariadb://localhost:3306/s", .verifyFull, false),
            ("mariadb://127.0.0.1/s", .verifyFull, false), ("mariadb://db.example/s", .verifyFull, false),
            ("mariadb://[::1]/s", .verifyFull, false), ("mariadb://h/s?tls=disable", .disable, false),
            ("mariadb://h/s?tls=require", .require, false), ("mariadb://localhost/s?tls=require", .require, true),
            ("mariadb://h/s?socket=/m.sock&tls=verify-full", .verifyFull, true),
        ] as [(String, MariaDBURL.TLS, Bool)])
    func effectiveTLS(url: String, mode: MariaDBURL.TLS, isLocalSocket: Bool) throws {
        guard case .mariadb(let location) = try DatabaseURL(parsing: url) else {
            Issue.record("no MariaDB location")
            return
        }
        #expect(location.effectiveTLS == mode)
        #expect(location.isLocalSocket == isLocalSocket)
    }
}
