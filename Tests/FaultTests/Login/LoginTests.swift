import Foundation
import Harness
import TestSupport
import Testing

/// An account that may not log in: why, and not "check the password" where that is right.
@Suite("Logging in", .serialized)
struct LoginTests {
    @Test("Each reason has its own way out")
    func reasons() throws {
        let port = try LocalSocket.freePort()
        let server = try GrantTests.server(
            ["--skip-networking=0", "--port=\(port)", "--bind-address=127.0.0.1", "--skip-name-resolve"])
        try server.sql(
            """
            CREATE DATABASE shop; CREATE USER locked@'%' ACCOUNT LOCK; CREATE USER expired@'%' PASSWORD EXPIRE;
            CREATE USER byname@'%' IDENTIFIED VIA unix_socket; CREATE USER secure@'%' REQUIRE SSL;
            CREATE USER far@'192.0.2.1'; CREATE USER open@'%'; GRANT ALL ON shop.* TO open@'%', expired@'%'
            """)
        let tcp = { (user: String) in "mariadb://\(user)@127.0.0.1:\(port)/shop?tls=disable" }
        let expectations: [(url: String, code: Int32, words: String)] = [
            (tcp("locked"), 77, "ALTER USER 'locked'@'...' ACCOUNT UNLOCK;"),
            (tcp("expired"), 77, "password has expired; give it a new one: ALTER USER ... IDENTIFIED BY '...';"),
            (tcp("byname"), 77, "(unix_socket): run as that user"),
            (tcp("secure"), 77, "refuses a login with tls=disable"),
            (tcp("nobody"), 77, "Check the user in the URL and the password"),
            (
                "mariadb://open@no-such-host.invalid/shop", 69,
                "The name no-such-host.invalid is not known on this machine"
            ),
        ]
        for (url, code, words) in expectations {
            let result = try Program.run(["list", "--database", url])
            #expect(result.code == code && result.stderr.contains(words), "\(url): \(result.stderr)")
            let doctor = try GrantTests.broken(url)
            #expect(doctor.map(\.topic) == ["reachable"] && doctor.first?.remedy.contains(words) == true, "\(doctor)")
            #expect(doctor.first?.remedy.contains("systemctl") == false, "\(doctor)")
        }
        try server.sql("SET GLOBAL require_secure_transport = ON")
        let clear = try Program.run(["list", "--database", tcp("open")])
        // 11.8 says what it is; 10.11 says no more than that the login is refused.
        let isNamed = clear.code == 69 && clear.stderr.contains("Leave tls=disable out of the URL")
        let isGuessed = clear.code == 77 && clear.stderr.contains("refuses a login with tls=disable")
        #expect(isNamed || isGuessed, "\(clear.stderr)")
        try server.sql(
            "SET GLOBAL require_secure_transport = OFF; DELETE FROM mysql.global_priv WHERE host <> 'localhost'; FLUSH PRIVILEGES"
        )
        let unknown = try Program.run(["list", "--database", tcp("open")])
        #expect(unknown.code == 69 && unknown.stderr.contains("CREATE USER 'open'@'...'"), "\(unknown.stderr)")
    }
}
