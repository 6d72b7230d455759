import Foundation
import Harness
import TestSupport
import Testing

/// A node that has lost its cluster lets us in, and answers nothing.
@Suite("A node outside its cluster, in a URL", .serialized)
struct NodeListTests {
    @Test("It is passed over where there is another server, and by itself it is an outage with its reason")
    func lost() throws {
        let both = try TwoServers([try GaleraOptions.words(cluster: "", port: LocalSocket.freePort()), []])
        for index in 0...1 { try both.fill(index) }
        let node = both.hosts[0]
        #expect(try both.run(["create"], both.hosts).stderr.contains("passed over") == false)
        // Nobody is there.
        try both.servers[0].sql("SET GLOBAL wsrep_cluster_address = 'gcomm://127.0.0.1:1?pc.wait_prim=no'")
        let reason = "the node has lost its cluster (wsrep_cluster_status="
        for words in [["create"], ["list"], ["verify"]] {
            let alone = try both.run(words, [node])
            #expect(alone.code == 69 && alone.stderr.contains(reason), "\(words): \(alone.code) \(alone.stderr)")
            let passed = try both.run(words, both.hosts)
            #expect(
                passed.code == 0
                    && passed.stderr.contains("working on \(both.hosts[1]); passed over: \(node): \(reason)"),
                "\(words): \(passed.code) \(passed.stderr)")
        }
        let doctor = try both.run(["doctor"], [node])
        #expect(doctor.code == 69, "\(doctor.stdout)")
        #expect(doctor.stdout.components(separatedBy: "BROKEN").count == 2, "\(doctor.stdout)")
        let listed = try both.run(["doctor"], both.hosts)
        #expect(listed.stdout.contains("note    server: \(node): MariaDB "), "\(listed.stdout)")
        #expect(listed.stdout.contains("not ready") && listed.stdout.contains("it is passed over"), "\(listed.stdout)")
        // It is a cluster of its own again.
        try both.servers[0].sql("SET GLOBAL wsrep_cluster_address = 'gcomm://'")
        try eventually(60, "the node is ready") { both.servers[0].answers }
        #expect(try both.run(["create"], [node]).code == 0)
        #expect(try (both.books(0), both.books(1)) == (2, 1))
    }
}
