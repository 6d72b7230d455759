import Database
import Foundation
import Harness
import TestSupport
import Testing

extension BrowserSuite {
    /// How the page looks and reads: in both languages, by keyboard, on a phone, in the dark.
    @Suite("Looks", .serialized)
    struct LooksInBrowserTests {
        private static let nights = ["2024-12-31T00:00:00Z", "2025-11-19T00:00:00Z", "2025-11-20T00:00:00Z"]

        private static func size(_ tab: BrowserTab, _ width: Int, dark: Bool) throws {
            try tab.chromium(
                "Emulation.setDeviceMetricsOverride",
                ["width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600])
            try tab.chromium(
                "Emulation.setEmulatedMedia",
                ["features": [["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]]])
        }

        @Test("At 360 pixels nothing is wider than the screen, in both languages, light and dark")
        func narrow() async throws {
            try await aside {
                let scene = try PageScene(.sqlite, books: Self.nights)
                // One that nothing keeps has the widest words: on its day in Moscow there is a later one.
                try scene.run(
                    """
                    INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                    VALUES ('PNBOOK-2024-12-30-001', '2024-12-30 23:00:00.000', 'scheduled', 0)
                    """)
                let tab = try open(scene)
                try tab.run("document.getElementById('compare-from').value = '1'")
                try tab.press("#compare button")
                try tab.wait(until: "document.querySelector('#difference > p')")
                for language in ["en", "ru"] {
                    try tab.press("[data-language=\(language)]")
                    for dark in [false, true] {
                        for width in [360, 1040, 1220, 1280] {
                            try Self.size(tab, width, dark: dark)
                            try tab.wait(until: "document.documentElement.scrollWidth <= \(width)")
                            try picture(tab, "\(language)-\(dark ? "dark" : "light")-\(width)")
                        }
                    }
                }
                #expect(try tab.run("return document.documentElement.lang") == "ru")
                #expect(try tab.text("#create") == "Создать снапшот сопоставлений")
                #expect(try tab.text("#books").contains("следующего запуска"))
                try finish(tab, scene: scene)
            }
        }

        @Test("A browser that asks for Russian gets it, with times and noun forms of its own")
        func russian() async throws {
            try await aside {
                let scene = try PageScene(.mariadb, books: Self.nights)
                try driver.forget()
                let tab = try BrowserTab(in: driver)
                try tab.chromium(
                    "Emulation.setUserAgentOverride", ["userAgent": "Chromium", "acceptLanguage": "ru-RU,ru"])
                try tab.open(scene.address())
                try tab.wait(until: isLoaded)
                #expect(try tab.text("h1") == "Книги партномеров")
                #expect(try tab.text("#books caption") == "3 книги, сначала новые; время в зоне Europe/Moscow")
                #expect(try tab.text("#books tr.is-active").contains("20 нояб. 2025, 03:00 +03:00"))
                try finish(tab, scene: scene)
            }
        }

        @Test("Everything is reached by keyboard; Esc leaves a dialog and gives the focus back")
        func keyboard() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                let focused = "return document.activeElement.id || document.activeElement.className"
                try tab.type("\u{E004}")
                #expect(try tab.run(focused) == "skip")
                try tab.type("\u{E004}\u{E004}\u{E004}")
                #expect(try tab.run(focused) == "create")
                try tab.type("\u{E007}")
                try tab.wait(until: "document.querySelector('dialog[open]')")
                #expect(try tab.run("return document.activeElement.name") == "kind")
                try tab.type("\u{E00C}")
                try tab.wait(until: "!document.querySelector('dialog')")
                #expect(try tab.run(focused) == "create")
                // Nothing that can be pressed is without a name.
                let nameless = try tab.run(
                    """
                    return [...document.querySelectorAll('button, a[href], input, select')]
                        .filter((node) => !(node.innerText || node.getAttribute('aria-label') || node.labels?.length))
                        .map((node) => node.outerHTML);
                    """)
                #expect(nameless == [])
                try finish(tab, scene: scene)
            }
        }

        @Test("Each text is there in both languages, with the same values in it, and no other is asked for")
        func texts() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                let wrong = try tab.await(
                    """
                    const { texts, phrases } = await import('/vendor-mappings/texts.js');
                    const names = (text) => [...new Set([...text.matchAll(/\\{(\\w+)/g)].map((match) => match[1]))].sort().join();
                    const forms = (text, count) => [...text.matchAll(/\\{\\w+\\|([^}]*)\\}/g)].every((match) => match[1].split('|').length === count);
                    const wrong = [];
                    for (const [key, { en, ru }] of Object.entries(texts)) {
                        if (!en || !ru) wrong.push(key + ' is missing');
                        else if (names(en) !== names(ru) && !(names(ru) === 'count,' + names(en))) wrong.push(key + ': ' + names(en) + ' / ' + names(ru));
                        else if (!forms(en, 2) || !forms(ru, 3)) wrong.push(key + ' has other forms');
                    }
                    for (const [en, ru] of Object.entries(phrases)) {
                        const used = names(ru).split(',').filter(Boolean);
                        if (!ru || !used.every((name) => names(en).split(',').includes(name))) wrong.push(en);
                    }
                    return wrong;
                    """)
                #expect(wrong == [])
                let keys = try tab.await("return Object.keys((await import('/vendor-mappings/texts.js')).texts)")
                let known = Set(keys.elements?.compactMap(\.string) ?? [])
                let (whole, beginnings) = try PageTexts.asked()
                #expect(whole.subtracting(known) == [])
                for beginning in beginnings { #expect(known.contains { $0.hasPrefix(beginning) }, "\(beginning)") }
                let unused = known.filter { key in !whole.contains(key) && !beginnings.contains { key.hasPrefix($0) } }
                #expect(unused == [])
                #expect(try tab.await(Self.unknownAdvice, CommandLineAdvice.sentences()) == [])
                try finish(tab, scene: scene)
            }
        }

        /// Sentences that are advice at a command line, and that the page would show as they are.
        private static let unknownAdvice = """
            const { parted } = await import('/vendor-mappings/advice.js');
            return arguments[0].filter((sentence) => {
                const alone = parted(sentence), behind = parted('It is not there. ' + sentence);
                return !alone.keys.length || alone.message || !behind.keys.length || behind.message !== 'It is not there';
            });
            """

        @Test("Every colour of a text stands out from what is behind it, by WCAG 2.2 AA")
        func contrast() async throws {
            try await aside {
                let scene = try BrowserSuite.scene
                let tab = try open(scene)
                for dark in [false, true] {
                    try Self.size(tab, 1280, dark: dark)
                    #expect(try tab.run(Self.contrasts) == [], "dark: \(dark)")
                }
                try finish(tab, scene: scene)
            }
        }

        /// Pairs of colours that are too near to each other.
        private static let contrasts = """
            const style = getComputedStyle(document.documentElement);
            const light = (name) => {
                const hex = style.getPropertyValue('--' + name).trim();
                const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
                    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ratio = (one, other) => {
                const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);
            };
            const grounds = ['ground', 'surface', 'raised'];
            const pairs = [];
            for (const ground of [...grounds, 'accent-soft']) for (const ink of ['ink', 'muted', 'accent']) pairs.push([ink, ground, 4.5]);
            for (const name of ['good', 'notice', 'bad', 'daily', 'weekly', 'monthly', 'yearly']) {
                pairs.push([name, name + '-soft', 4.5]);
                for (const ground of grounds) pairs.push([name, ground, 4.5]);
            }
            for (const ground of ['bad-soft', 'notice-soft', 'line']) pairs.push(['ink', ground, 4.5]);
            pairs.push(['on-accent', 'accent', 4.5], ['surface', 'bad', 4.5], ['ground', 'ink', 4.5]);
            for (const ground of grounds) pairs.push(['strong-line', ground, 3]);
            return pairs.filter(([ink, ground, least]) => !(ratio(ink, ground) >= least))
                .map(([ink, ground]) => ink + ' on ' + ground + ': ' + ratio(ink, ground).toFixed(2));
            """
    }
}
