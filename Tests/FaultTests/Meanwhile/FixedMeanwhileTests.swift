import Foundation
import Harness
import TestSupport
import Testing

/// Somebody's migration that ends between two looks of ours.
@Suite("Mended between two looks", .serialized)
struct FixedMeanwhileTests {
    @Test(
        "Who has seen a schema before its migration looks again once nobody migrates any more",
        arguments: TestEngine.allCases, [2, 3, 4])
    func looksAgain(engine: TestEngine, call: Int) throws {
        let scene = try Scene(engine, isMigrated: false)
        // In the middle of its first look, and at the end of it.
        let child = try scene.start("create", fault: .stop(call))
        try child.waitUntilStopped()
        #expect(try scene.run("migrate", "up") == 0)
        child.signal(SIGCONT)
        #expect(try child.wait() == 0, "\(child.stderr)")
        #expect(try scene.books().count == 1)
    }
}
