import Database
import Foundation
import Harness
import TestSupport
import Testing

/// A server that replicates another one and takes writes all the same.
@Suite("A replica that takes writes", .serialized)
struct ReplicaTests {
    @Test(
        "What writes refuses it by name, doctor names it, another server of the list is taken, and the URL can say that it is meant"
    )
    func refused() throws {
        let both = try TwoServers([["--log-bin", "--server-id=1"], ["--server-id=2"]])
        let (primary, replica) = (both.hosts[0], both.hosts[1])
        let parts = primary.split(separator: ":")
        try both.servers[0].sql(
            "CREATE USER copier@'127.0.0.1' IDENTIFIED BY 'c'; GRANT REPLICATION SLAVE ON *.* TO copier@'127.0.0.1'")
        // From here on: the user and the schema are there on both.
        try both.servers[1].sql(
            """
            CHANGE MASTER TO master_host = '\(parts[0])', master_port = \(parts[1]), master_user = 'copier',
                master_password = 'c', master_ssl_verify_server_cert = 0,
                master_log_file = '\(try position(of: both).file)', master_log_pos = \(try position(of: both).offset);
            START SLAVE
            """)
        try both.fill(0)
        #expect(try both.run(["create"], [primary]).code == 0)
        try eventually(60, "the replica has the book") { (try? both.books(1)) == 1 }
        // This account may not see what is replicated, but that something is.
        let words = [
            ["create"], ["activate", "newest"], ["prune"], ["migrate", "up"], ["pin", "newest", "--note", "x"],
        ]
        for words in words {
            let refused = try both.run(words, [replica])
            #expect(refused.code == 75, "\(words): \(refused.stderr)")
            #expect(
                refused.stderr.contains("the server replicates another one and takes writes all the same"),
                "\(refused.stderr)")
            #expect(refused.stderr.contains("SET GLOBAL read_only = ON;"))
        }
        #expect(try both.run(["list"], [replica]).code == 0)
        let doctor = try both.run(["doctor"], [replica])
        #expect(
            doctor.code == 75 && doctor.stdout.contains("BROKEN  replica: the server replicates another one"),
            "\(doctor.stdout)")
        try both.servers[1].sql("GRANT REPLICA MONITOR ON *.* TO ann@'127.0.0.1'")
        #expect(
            try both.run(["create"], [replica]).stderr.contains("the server replicates \(primary) and takes writes"))
        // Stopped by somebody, it is a replica still, as far as it can be seen.
        try both.servers[1].sql("STOP SLAVE")
        #expect(try both.run(["create"], [replica]).code == 75)
        try both.servers[1].sql("START SLAVE")
        // In a list the primary is taken.
        let made = try both.run(["create"], [replica, primary])
        #expect(
            made.code == 0
                && made.stderr.contains("working on \(primary); passed over: \(replica): the server replicates"))
        // Once it is read-only, it is what a replica should be.
        try both.servers[1].sql("SET GLOBAL read_only = 1")
        #expect(try both.run(["create"], [replica]).stderr.contains("switched to read-only"))
        try both.servers[1].sql("SET GLOBAL read_only = 0")
        let meant = try both.run(["doctor"], [replica], "?tls=disable&replica=write")
        #expect(meant.stdout.contains("note    replica: the server replicates \(primary)"), "\(meant.stdout)")
        #expect(try both.run(["prune"], [replica], "?tls=disable&replica=write").code == 0)
    }

    private func position(of both: TwoServers) throws -> (file: String, offset: Int64) {
        let connection = try both.servers[0].connect()
        defer { connection.close() }
        return try #require(try connection.first("SHOW MASTER STATUS") { ($0.text(0) ?? "", $0.integer(1) ?? 0) })
    }
}
