import Database
import Foundation
import Harness
import TestSupport
import Testing

extension BrowserSuite {
    /// Runs: begun, watched and ended in the browser, on real databases.
    @Suite("Runs", .serialized)
    struct RunsInBrowserTests {
        private static let dialogButton = "dialog button[type=submit]"
        private static let isRunning = "document.querySelector('#tasks article')"

        /// Opens the dialog and starts a run as it stands.
        private static func create(_ tab: BrowserTab) throws {
            try tab.press("#create")
            try tab.press(dialogButton)
        }

        @Test("From nothing, the button makes a book", arguments: TestEngine.allCases)
        func button(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine)
                let tab = try open(scene)
                #expect(try tab.text("#active").contains("No book is active yet"))
                try Self.create(tab)
                try tab.wait(until: "document.querySelector('.toast')")
                try picture(tab, "published")
                #expect(try tab.text(".toast").contains("is published and active"))
                #expect(try tab.text(".toast").contains("546 items · 365 part numbers · 1 warning"))
                try tab.wait(until: "document.querySelector('#books tr.is-active')")
                let books = try scene.books()
                #expect(books.count == 1 && books[0].hasSuffix("*"))
                #expect(try tab.text("#books tr.is-active").contains(String(books[0].dropLast())))
                #expect(try scene.tasks().first?["triggered_by"] == "api:ann")
                #expect(try tab.run("return document.getElementById('running').hidden") == true)
                // All times are in the configured zone, in whatever order the answers have come.
                #expect(try !tab.text("body").contains("+00:00"))
                try finish(tab, scene: scene)
            }
        }

        @Test("The progress of a run moves: phase, rows and percent", arguments: TestEngine.allCases)
        func progress(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine)
                try scene.stopRuns(while: .reading)
                let tab = try open(scene)
                // What the bar shows, each time that it is drawn.
                try tab.run(
                    """
                    window.seen = [];
                    new MutationObserver(() => {
                        const bar = document.querySelector('#tasks progress');
                        if (bar?.hasAttribute('value')) window.seen.push(bar.value);
                    }).observe(document.getElementById('tasks'), { subtree: true, childList: true, attributes: true });
                    """)
                try Self.create(tab)
                let run = try scene.stoppedRun()
                defer { Glibc.kill(run, SIGCONT) }
                try tab.wait(until: "document.querySelector('.phase')?.textContent === 'reading the catalogue'")
                #expect(try tab.run("return document.querySelector('.counts').textContent") == "0 rows")
                let holder = try scene.holdBooks()
                defer { holder.close() }
                Glibc.kill(run, SIGCONT)
                try tab.wait(until: "document.querySelector('.phase')?.textContent === 'writing the book'")
                #expect(try tab.text(".counts").hasPrefix("0 of 567 items"))
                #expect(try tab.text(".percent") == "40 %")
                #expect(try tab.text(".steps .current") == "Write")
                try picture(tab, "running")
                try holder.rollback()
                try tab.wait(until: "document.querySelector('.toast')?.innerText.includes('is published and active')")
                let seen = try tab.run("return window.seen").elements?.compactMap(\.integer) ?? []
                #expect(seen == seen.sorted(), "progress never falls")
                #expect(seen.first == 0 && seen.contains(40), "\(seen)")
                try finish(tab, scene: scene)
            }
        }

        @Test(
            "A second tab shows the run that the first began, and it is cancelled from there",
            arguments: TestEngine.allCases)
        func secondTabCancels(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine)
                try scene.stopRuns(while: .writing)
                let before = try scene.books()
                let first = try open(scene)
                try Self.create(first)
                let run = try scene.stoppedRun()
                defer { Glibc.kill(run, SIGCONT) }
                try first.wait(until: "document.querySelector('.phase')?.textContent === 'writing the book'")
                let second = try open(scene, beside: first)
                try second.wait(until: Self.isRunning)
                let id = "return document.querySelector('#tasks article').dataset.task"
                #expect(try second.run(id) == first.run(id))
                try second.press("#tasks button")
                #expect(try second.text("dialog").contains("Nothing is published; the active book stays active."))
                try second.press(Self.dialogButton)
                try second.wait(until: "document.querySelector('#tasks button')?.innerText === 'Cancelling…'")
                Glibc.kill(run, SIGCONT)
                for tab in [first, second] {
                    try tab.wait(until: "document.querySelector('#outcome h2')")
                    let outcome = try tab.text("#outcome")
                    #expect(outcome.hasPrefix("Cancelled: no book was published"))
                }
                #expect(try scene.books() == before)
                try finish(first, second, scene: scene)
            }
        }

        @Test(
            "The server is killed and comes back: the page says so once, and shows the run that went on",
            arguments: TestEngine.allCases)
        func serverKilled(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine)
                try scene.stopRuns(while: .writing)
                let tab = try open(scene)
                try Self.create(tab)
                let run = try scene.stoppedRun()
                defer { Glibc.kill(run, SIGCONT) }
                try tab.wait(until: Self.isRunning)
                try scene.kill()
                try tab.wait(until: "document.getElementById('link').innerText.startsWith('No connection')")
                // What the page has already shown stays.
                #expect(try tab.run("return Boolean(\(Self.isRunning))") == true)
                try scene.start()
                try tab.wait(until: "document.getElementById('link').innerText === 'Connected again'")
                #expect(try tab.run("return Boolean(\(Self.isRunning))") == true)
                // What Chromium says of the connections that it could not make.
                for message in try tab.console() {
                    #expect(message.contains("ERR_") || message.contains("WebSocket"), "\(message)")
                }
                Glibc.kill(run, SIGCONT)
                try tab.wait(until: "document.querySelector('.toast')?.innerText.includes('is published and active')")
                try finish(tab, scene: scene)
            }
        }

        @Test("Where the WebSocket is refused the page asks instead, but not while nobody looks")
        func polling() async throws {
            try await aside {
                let scene = try PageScene(.sqlite)
                let proxy = try RefusingProxy(to: scene.port)
                defer { proxy.stop() }
                try scene.stopRuns(while: .writing)
                let tab = try open(scene, port: proxy.port)
                try Self.create(tab)
                let run = try scene.stoppedRun()
                defer { Glibc.kill(run, SIGCONT) }
                try tab.wait(until: Self.isRunning)
                #expect(proxy.refused.withLock { $0 } > 0)
                #expect(try tab.text("#link") == "", "the change to asking is silent")

                // Headless, no tab is ever hidden by itself.
                let hide =
                    "Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });"
                    + "document.dispatchEvent(new Event('visibilitychange'));"
                try tab.run(hide, true)
                // Questions that were under way are answered before this one.
                try tab.await(
                    """
                    const address = new URL('/api/tasks?active=true', location.origin);
                    await fetch(address);
                    await fetch(address);
                    """)
                Glibc.kill(run, SIGCONT)
                try eventually(60, "the run ends") { try scene.tasks().first?["status"] != "running" }
                #expect(try tab.run("return Boolean(document.querySelector('.toast'))") == false)
                try tab.run(hide, false)
                try tab.wait(until: "document.querySelector('.toast')?.innerText.includes('is published and active')")
                for message in try tab.console() { #expect(message.contains("WebSocket"), "\(message)") }
                try tab.close()
            }
        }

        @Test("A refused book is understood from the page, and the way out is on it", arguments: TestEngine.allCases)
        func refused(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine, books: ["2025-11-20T00:00:00Z"])
                try scene.load(parts: 3)
                let tab = try open(scene)
                try Self.create(tab)
                try tab.wait(until: "document.querySelector('#outcome.bad .figures')")
                #expect(try tab.text("#outcome h2") == "Refused: no book was published")
                let said = try tab.text("#outcome")
                #expect(said.contains("The book would have 3 items, fewer than half of the 546 in the active book"))
                #expect(said.contains("Compared with PNBOOK-2025-11-20-001, by part number: 3 added and 365 removed."))
                #expect(try tab.text("#outcome .figures").contains("Rows read"))
                try picture(tab, "refused")
                // In Russian there is nothing left that only the program's own English says.
                try tab.press("[data-language=ru]")
                #expect(try tab.text("#outcome h2") == "Отклонено: книга не опубликована")
                #expect(try tab.run("return document.querySelectorAll('main [lang=en]').length") == 0)
                try tab.press("[data-language=en]")
                // Whoever opens the page later is told as well.
                try tab.open(scene.address())
                try tab.wait(until: "document.querySelector('#outcome.bad .way-out button')")
                try tab.press("#outcome .way-out button")
                #expect(try tab.run("return document.querySelector('[name=allow_shrink]').checked") == true)
                #expect(try tab.run("return document.querySelector('\(Self.dialogButton)').disabled") == true)
                try tab.press("dialog .sure label")
                try tab.press(Self.dialogButton)
                try tab.wait(
                    until: "document.querySelector('.toast.good, .toast.notice')?.innerText.includes('3 items')")
                #expect(try scene.books().count == 2)
                try finish(tab, scene: scene)
            }
        }

        @Test("A dry run shows what would be, and writes nothing")
        func dryRun() async throws {
            try await aside {
                let scene = try PageScene(.sqlite, books: ["2025-11-20T00:00:00Z"])
                let tab = try open(scene)
                try tab.press("#create")
                try tab.press("label[for=kind-dry]")
                #expect(try tab.text("dialog .consequence") == "The books stay as they are.")
                try tab.press(Self.dialogButton)
                try tab.wait(until: "document.querySelector('.toast')?.innerText.startsWith('Dry run: PNBOOK-')")
                #expect(try scene.books() == ["PNBOOK-2025-11-20-001*"])
                try finish(tab, scene: scene)
            }
        }
    }
}
