import Database
import Foundation
import Harness
import TestSupport
import Testing

extension BrowserSuite {
    /// The books: read, compared, explained and changed in the browser.
    @Suite("Books", .serialized)
    struct BooksInBrowserTests {
        private static let nights = ["2025-11-19T00:00:00Z", "2025-11-20T00:00:00Z"]

        private static func row(_ id: Int) -> String { "#books tr[data-book='\(id)']" }

        @Test(
            "A book is rolled back, pinned and unpinned, each after a word on what will happen",
            arguments: TestEngine.allCases)
        func changes(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine, books: Self.nights)
                let tab = try open(scene)
                #expect(try tab.text(Self.row(2)).contains("20 Nov 2025, 03:00 +03:00"))
                try tab.press("[data-key='action.activate-1']")
                try tab.wait(until: "document.querySelector('dialog').innerText.includes('nothing changed')")
                let asked = try tab.text("dialog")
                #expect(asked.contains("PNBOOK-2025-11-19-001 becomes active in place of PNBOOK-2025-11-20-001."))
                #expect(asked.contains("you can activate it again"))
                // The first choice is to leave it.
                #expect(try tab.run("return document.activeElement.innerText") == "Not now")
                try tab.press("dialog button[type=submit]")
                try tab.wait(until: "document.querySelector(\"\(Self.row(1)).is-active\")")
                #expect(try scene.books() == ["PNBOOK-2025-11-20-001", "PNBOOK-2025-11-19-001*"])

                try tab.press("[data-key='action.pin-2']")
                #expect(try tab.run("return document.querySelector('dialog button[type=submit]').disabled") == true)
                try tab.type("Audit <b>2026</b>\u{E007}")
                try tab.wait(
                    until: "document.querySelector(\"\(Self.row(2))\").innerText.includes('Audit <b>2026</b>')")
                try tab.press("[data-key='action.unpin-2']")
                #expect(try tab.text("dialog").contains("It is kept all the same, as"))
                try tab.press("dialog button[type=submit]")
                try tab.wait(until: "!document.querySelector(\"\(Self.row(2))\").innerText.includes('Audit')")
                try finish(tab, scene: scene)
            }
        }

        @Test(
            "A hostile version and description do nothing, and what they hide is seen", arguments: TestEngine.allCases)
        func hostile(_ engine: TestEngine) async throws {
            try await aside {
                let scene = try PageScene(engine, books: Self.nights)
                let version = "<img src=x onerror=x()>\u{202E}1"
                let description = "<script>document.title='hit'</script>\u{202E}gnp.exe<img src=//evil.test/x>"
                try scene.run("UPDATE qt_partnumber_books SET version = \(version) WHERE id = 1")
                try scene.run(
                    "UPDATE qt_partnumber_book_items SET description = \(description) WHERE book_id = 1 AND partnumber = '05-50077-00'"
                )
                let tab = try open(scene)
                #expect(try tab.text(Self.row(1)).contains("<img src=x onerror=x()>U+202E1"))
                try tab.run("document.getElementById('compare-from').value = '1'")
                try tab.press("#compare button")
                try tab.wait(until: "document.querySelector('#difference table')")
                #expect(try tab.text("#difference").contains("</script>U+202Egnp.exe<img src=//evil.test/x>"))
                #expect(try tab.run("return document.querySelectorAll('main img, main script').length") == 0)
                #expect(try tab.run("return document.title") == "Partnumber books")
                // It is no longer what was published, so that it cannot be activated; the way out is one of the page's.
                try tab.press("[data-key='action.activate-1']")
                try tab.press("dialog button[type=submit]")
                try tab.wait(until: "document.querySelector('dialog .problem .way-out')")
                let refused = try tab.text("dialog .problem")
                #expect(refused.contains("Way out: Create a new mapping snapshot."))
                #expect(!refused.contains("pnbook create") && !refused.contains("--"))
                // Chromium's own line on the answer's status.
                #expect(try tab.console().allSatisfy { $0.contains("activate") && $0.contains("status of 4") })
                try tab.press("dialog .dialog-buttons button[type=button]")
                try finish(tab, scene: scene)
            }
        }

        @Test("A part number is explained with its rows, its bundle and the books that have it")
        func explained() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                try tab.press("#explain input")
                try tab.type("05-50077-00\u{E007}")
                try tab.wait(until: "document.querySelector('#explanation table')")
                let said = try tab.text("#explanation")
                #expect(
                    said.contains(
                        "A book made now would have 05-50077-00 with BBU_CVPM05, CBL_SLIMSAS_8I, RAID_9560_16I."))
                #expect(said.contains("A bundle of 3 LOTs"))
                #expect(said.contains("PNBOOK-2025-11-19-001 to PNBOOK-2025-11-20-001 (2 books)"))
                try finish(tab, scene: scene)
            }
        }

        @Test("Another origin starts nothing, although the browser knows the password")
        func foreignOrigin() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                try finish(tab, scene: scene)
                let other = try BrowserTab(in: driver)
                // Any page of another port is one.
                try other.open("http://127.0.0.1:\(try driver.port)/status")
                try other.await(
                    """
                    const address = 'http://127.0.0.1:\(scene.port)/api/admin/pricing/partnumber-books';
                    await fetch(address, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }).catch(() => null);
                    await fetch(address, { method: 'POST', mode: 'no-cors', credentials: 'include' }).catch(() => null);
                    """)
                let socket = try other.await(
                    """
                    return await new Promise((resolve) => {
                        const socket = new WebSocket('ws://127.0.0.1:\(scene.port)/api/tasks/ws');
                        socket.onopen = () => resolve('open');
                        socket.onerror = () => resolve('refused');
                    });
                    """)
                #expect(socket == "refused")
                #expect(scene.log.contains("403"))
                #expect(try scene.tasks().count { $0["type"] == "partnumber_book_create" } == 2)
                _ = try other.console()
                try other.close()
            }
        }
    }
}
