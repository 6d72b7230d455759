import Foundation
import Harness
import TestSupport
import Testing

/// Everything that is tried in a real browser: one at a time, in one Chromium.
@Suite("The page in a browser", .serialized)
enum BrowserSuite {
    /// The browser that all of these tests share. Used by one test at a time.
    private static let shared = Result { try WebDriver(languages: "en-GB,en") }

    static var driver: WebDriver {
        get throws { try shared.get() }
    }

    private static let shelf = Result {
        try PageScene(.sqlite, books: ["2025-11-19T00:00:00Z", "2025-11-20T00:00:00Z"])
    }

    /// Two books, for all tests that only look at them: a scene of its own costs a test more than what it does.
    static var scene: PageScene {
        get throws { try shelf.get() }
    }

    /// Opens the page in a tab of its own and waits until it shows what there is.
    ///
    /// - Parameter first: the test's tab beside which this one is; nil for the first, before which whatever another test has left
    ///   behind is closed and forgotten.
    static func open(_ scene: PageScene, port: UInt16? = nil, beside first: BrowserTab? = nil) throws -> BrowserTab {
        if first == nil { try driver.forget() }
        let tab = try BrowserTab(in: driver)
        try tab.open(scene.address(port: port))
        try tab.wait(until: isLoaded)
        return tab
    }

    /// The books and the runs have come.
    static let isLoaded = "!document.querySelector('[aria-busy]')"

    /// Runs work that blocks on a thread of its own, so that other suites go on; still as a part of the test.
    static func aside(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withTaskExecutorPreference(OwnThreads()) { try await onPreferredExecutor(work) }
    }

    @concurrent
    private static func onPreferredExecutor(_ work: @Sendable () throws -> Void) async throws { try work() }

    /// Closes a tab, and checks that nothing went wrong in it and that it has asked nobody but the page's own server.
    static func finish(_ tabs: BrowserTab..., scene: PageScene, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let console = try tabs[0].console()
        #expect(console.isEmpty, "\(console)", sourceLocation: sourceLocation)
        let foreign = try tabs[0].requests().filter { address in
            // What a tab begins with, and its own pages.
            !address.hasPrefix("data:") && !address.hasPrefix("chrome") && !address.hasPrefix("about:")
                && !scene.origins.contains(where: { origin in
                    address.replacing("ann:\(PageScene.token)@", with: "").hasPrefix(origin)
                })
        }
        #expect(foreign.isEmpty, "\(foreign)", sourceLocation: sourceLocation)
        for tab in tabs { try tab.close() }
    }

    /// Saves what the tab shows where the variable says, for people to look at; otherwise does nothing.
    static func picture(_ tab: BrowserTab, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["PNBOOK_TEST_SHOTS"] else { return }
        let image = try tab.chromium("Page.captureScreenshot", ["captureBeyondViewport": true])["data"]?.string ?? ""
        try Data(base64Encoded: image)?.write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
    }
}
