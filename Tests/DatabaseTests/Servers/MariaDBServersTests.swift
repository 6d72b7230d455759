import Database
import DatabaseMariaDB
import Dispatch
import ErrorModel
import Harness
import TestSupport
import Testing

@Suite("Choosing one of several servers")
struct MariaDBServersTests {
    private static func refused(
        _ hosts: [MariaDBHost], _ resolver: HostResolver, connectTimeout: UInt32 = 1
    ) -> DatabaseError? {
        let location = MariaDBURL(user: "ann", hosts: hosts, schema: "shop", tls: .disable)
        var options = MariaDBOptions(location: location)
        options.connectTimeout = connectTimeout
        return #expect(throws: DatabaseError.self) {
            try MariaDBServers(location, resolver: resolver).connect(options, isForWriting: false)
        }
    }

    @Test("A name that nobody answers for in time, and one that does not exist, are unreachable")
    func names() {
        let isOver = DispatchSemaphore(value: 0)
        let silent = HostResolver { _ in
            isOver.wait()
            return nil
        }
        let late = Self.refused([MariaDBHost("db.test")], silent)
        #expect(late?.kind == .unreachable && late?.code == 2005, "\(String(describing: late))")
        isOver.signal()
        let unknown = Self.refused(
            [MariaDBHost("db.test"), MariaDBHost("db2.test", port: 3307)], HostResolver { _ in nil })
        #expect(unknown?.kind == .unreachable && unknown?.code == 2005)
        #expect(
            unknown?.text.string.contains(
                "none of the 2 servers can be used: db.test:3306: Unknown server host 'db.test' (-2); db2.test:3307: "
            )
                == true)
        #expect(unknown?.place == "mariadb://ann@db.test,db2.test:3307/shop")
    }

    @Test("Each address of a name is tried once, in the resolver's order, and named where the reasons differ")
    func addresses() throws {
        let server = try FakeServer(at: .tcp, .hangsUp)
        defer { server.stop() }
        let host = MariaDBHost("db.test", port: server.port)
        let addresses = ["127.0.0.9", "127.0.0.1"]
        let error = Self.refused([host], HostResolver { _ in addresses }, connectTimeout: 5)
        #expect(server.visits == 1)
        let text = error?.text.string ?? ""
        #expect(
            error?.kind == .unreachable && text.contains("db.test:\(server.port) (127.0.0.9): Can't connect"), "\(text)"
        )
        #expect(text.contains("; db.test:\(server.port) (127.0.0.1): "))
        // The library knows the address alone; people know the name.
        #expect(text.contains("on 'db.test'") && !text.contains("'127.0.0.9'"), "\(text)")
        let closed = Self.refused([MariaDBHost("db.test", port: 1)], HostResolver { _ in addresses })
        #expect(closed?.text.string.contains("none of the") == false, "\(String(describing: closed))")
    }
}
