import Foundation
import Harness
import TestSupport
import Testing

extension BrowserSuite {
    /// What assistive programs are told of the page: Chromium's own accessibility tree, and the order of the keyboard.
    @Suite("Accessibility", .serialized)
    struct AccessibilityInBrowserTests {
        private static let nights = ["2025-11-19T00:00:00Z", "2025-11-20T00:00:00Z"]

        /// A node of the tree that is not ignored.
        private struct Node {
            let role: String
            let name: String
            let properties: [String: JSON]

            init?(_ node: JSON) {
                guard node["ignored"] != true, let role = node["role"]?["value"]?.string else { return nil }
                self.role = role
                name = node["name"]?["value"]?.string ?? ""
                let all = node["properties"]?.elements ?? []
                properties = Dictionary(
                    all.compactMap { one in
                        guard let key = one["name"]?.string, let value = one["value"]?["value"] else { return nil }
                        return (key, value)
                    }
                ) { first, _ in first }
            }
        }

        private static func tree(_ tab: BrowserTab) throws -> [Node] {
            try (tab.chromium("Accessibility.getFullAXTree")["nodes"]?.elements ?? []).compactMap(Node.init)
        }

        /// Roles that are nothing without a name.
        private static let named: Set<String> = [
            "button", "link", "textbox", "combobox", "radio", "checkbox", "DisclosureTriangle", "progressbar", "region",
            "table", "navigation", "dialog", "columnheader", "article", "image", "heading",
        ]

        @Test("Everything has a role and a name; headings nest; news is announced; a dialog keeps the rest out")
        func tree() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                let nodes = try Self.tree(tab)
                #expect(nodes.filter { Self.named.contains($0.role) && $0.name.isEmpty }.map(\.role) == [])
                for (role, count) in [("main", 1), ("banner", 1), ("navigation", 1), ("table", 3)] {
                    #expect(nodes.count { $0.role == role } == count, "\(role)")
                }
                let headings = try tab.run(
                    "return [...document.querySelectorAll('h1, h2, h3, h4')].filter((node) => node.checkVisibility()).map((node) => Number(node.tagName[1]))"
                )
                let levels = headings.elements?.compactMap(\.integer) ?? []
                #expect(levels.first == 1 && levels.count { $0 == 1 } == 1, "\(levels)")
                for (one, next) in zip(levels, levels.dropFirst()) { #expect(next <= one + 1, "\(levels)") }
                let live = try tab.run(
                    "return ['link', 'spoken', 'toasts'].every((id) => document.getElementById(id).matches('[role=status], [aria-live=polite]'))"
                )
                #expect(live == true)
                try tab.press("[data-key='action.activate-1']")
                let dialog = try Self.tree(tab)
                #expect(dialog.contains { $0.role == "dialog" && $0.name == "Activate this book?" })
                #expect(dialog.contains { $0.role == "button" && $0.properties["focused"] == true })
                #expect(!dialog.contains { $0.name == "Create a mapping snapshot" }, "what is behind it is not there")
                #expect(dialog.filter { Self.named.contains($0.role) && $0.name.isEmpty }.map(\.role) == [])
                // Esc, and the focus is where it was.
                try tab.type("\u{E00C}")
                try tab.wait(until: "!document.querySelector('dialog')")
                #expect(try tab.run("return document.activeElement.dataset.key") == "action.activate-1")
                try finish(tab, scene: scene)
            }
        }

        @Test("Tab goes through everything that can be used, in the order in which it is read, and is always seen")
        func order() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                try tab.run(
                    """
                    window.stops = [];
                    document.addEventListener('focusin', ({ target }) => window.stops.push(target));
                    window.usable = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
                        .filter((node) => node.checkVisibility() && !node.disabled);
                    """)
                let count = try tab.run("return window.usable.length").integer ?? 0
                try tab.type(String(repeating: "\u{E004}", count: Int(count)))
                let wrong = try tab.run(
                    """
                    const wrong = window.usable.filter((node) => !window.stops.includes(node)).map((node) => 'not reached: ' + node.outerHTML);
                    window.stops.forEach((node, index) => {
                        if (index && !(window.stops[index - 1].compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING))
                            wrong.push('out of order: ' + node.outerHTML);
                    });
                    const style = getComputedStyle(document.activeElement);
                    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) wrong.push('not seen: ' + document.activeElement.outerHTML);
                    return wrong;
                    """)
                #expect(count > 15 && wrong == [])
                try finish(tab, scene: scene)
            }
        }

        @Test("Who wants less movement sees none, and a message that is closed gives the focus on")
        func motion() async throws {
            try await aside {
                let scene = try PageScene(.sqlite, books: Self.nights)
                let tab = try open(scene)
                try tab.chromium(
                    "Emulation.setEmulatedMedia",
                    ["features": [["name": "prefers-reduced-motion", "value": "reduce"]]])
                try tab.run(
                    """
                    window.moved = [];
                    for (const name of ['animationstart', 'transitionrun']) document.addEventListener(name, (event) => window.moved.push(event.target.className));
                    """)
                #expect(try tab.run("return getComputedStyle(document.documentElement).scrollBehavior") == "auto")
                try tab.press("[data-key='action.unpin-1'], [data-key='action.pin-1']")
                try tab.type("Audit\u{E007}")
                try tab.wait(until: "document.querySelector('.toast')")
                #expect(try tab.run("return window.moved.length") == 0)
                try tab.press(".toast .close")
                #expect(try tab.run("return document.activeElement.id") == "main")
                try finish(tab, scene: scene)
            }
        }
    }
}
