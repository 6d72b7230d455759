import Foundation
import Harness
import TestSupport
import Testing

@Suite("A server's limit on transactions", .serialized)
struct TransactionLimitTests {
    @Test("A book that the binary log's cache cannot hold is refused before it is written, and the setting is named")
    func binaryLog() throws {
        let server = try PrivateServer(["--log-bin=binary", "--server-id=1"])
        try server.sql("CREATE DATABASE shop")
        let url = server.url("shop")
        let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path
        #expect(try Program.run(["load", fixtures, "--migrate", "--database", url]).code == 0)
        try server.sql("SET GLOBAL max_binlog_cache_size = 16384")
        let refused = try Program.run(["create", "--now", "2026-11-20T03:00:00Z", "--database", url])
        #expect(refused.code == 75, "\(refused.stderr)")
        #expect(refused.stderr.contains("max_binlog_cache_size allows 16384"), "\(refused.stderr)")
        #expect(!refused.stderr.contains("writing the book"), "\(refused.stderr)")
        try server.sql("SET GLOBAL max_binlog_cache_size = 1048576")
        #expect(try Program.run(["create", "--now", "2026-11-20T03:00:00Z", "--database", url]).code == 0)
    }
}
