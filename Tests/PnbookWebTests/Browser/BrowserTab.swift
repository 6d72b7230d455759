import Foundation
import Harness
import TestSupport

/// One tab of the browser, with the page in it. One tab at a time is looked at; each call first turns to its own.
final class BrowserTab {
    private let driver: WebDriver
    private let handle: String

    /// Opens an empty tab, in front of the others.
    init(in driver: WebDriver) throws {
        self.driver = driver
        handle = try driver.command("POST", "/window/new", ["type": "tab"])["handle"]?.string ?? ""
        try turn()
    }

    /// Closes it.
    func close() throws {
        try turn()
        // The last one would end the session.
        let others = try driver.command("DELETE", "/window").elements ?? []
        if let other = others.first?.string { try driver.command("POST", "/window", ["handle": other]) }
    }

    /// Brings it to the foreground: the others are hidden then.
    func turn() throws {
        try driver.command("POST", "/window", ["handle": handle])
    }

    /// Goes to an address, and waits until it is loaded.
    func open(_ address: String) throws {
        try turn()
        try driver.command("POST", "/url", ["url": address])
    }

    /// Runs the body of a function in the page; its arguments are `arguments`.
    @discardableResult
    func run(_ script: String, _ arguments: Any...) throws -> JSON {
        try turn()
        return try driver.command("POST", "/execute/sync", ["script": script, "args": arguments])
    }

    /// Runs the body of an asynchronous function, and waits for what it returns.
    @discardableResult
    func await(_ script: String, _ arguments: Any...) throws -> JSON {
        try turn()
        let whole = """
            const done = arguments[arguments.length - 1];
            (async () => { \(script) })().then((value) => done({ value }), (error) => done({ error: String(error) }));
            """
        let answer = try driver.command("POST", "/execute/async", ["script": whole, "args": arguments])
        if let error = answer["error"]?.string { throw WebDriverError.refused(command: script, why: error) }
        return answer["value"] ?? .null
    }

    /// Waits until an expression of the page's is true.
    func wait(_ seconds: Double = 60, until expression: String) throws {
        do {
            try eventually(seconds, expression, every: 50_000) { try run("return Boolean(\(expression))") == true }
        } catch is TookTooLong {
            throw WebDriverError.tookTooLong(
                waitingFor: expression, shown: (try? text("body")) ?? "", console: (try? console()) ?? [])
        }
    }

    /// What an element shows; empty where there is none.
    func text(_ selector: String) throws -> String {
        try run("return document.querySelector(arguments[0])?.innerText ?? ''", selector).string ?? ""
    }

    /// Presses an element as a hand would: scrolled into view, with the focus; once more where it was drawn afresh meanwhile.
    func press(_ selector: String) throws {
        do {
            try pressOnce(selector)
        } catch WebDriverError.refused(_, let why) where why.contains("stale element") {
            try pressOnce(selector)
        }
    }

    private func pressOnce(_ selector: String) throws {
        try turn()
        let element = try driver.command("POST", "/element", ["using": "css selector", "value": selector])
        guard case .object(let fields) = element, let id = fields.values.first?.string else {
            throw WebDriverError.refused(command: "press", why: selector)
        }
        try run(
            "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })", selector)
        try driver.command("POST", "/element/\(id)/click", [:])
    }

    /// Types on the keyboard, into what has the focus.
    func type(_ keys: String) throws {
        try turn()
        let strokes = keys.flatMap { key in
            ["keyDown", "keyUp"].map { ["type": $0, "value": String(key)] }
        }
        let actions: [String: Any] = ["type": "key", "id": "keyboard", "actions": strokes]
        try driver.command("POST", "/actions", ["actions": [actions]])
    }

    /// A command of Chromium's own, for this tab.
    @discardableResult
    func chromium(_ command: String, _ parameters: [String: Any] = [:]) throws -> JSON {
        try turn()
        return try driver.chromium(command, parameters)
    }

    // MARK: What it has done

    /// What the consoles of all tabs have said since it was asked last.
    func console() throws -> [String] {
        try driver.command("POST", "/se/log", ["type": "browser"]).elements?.compactMap { $0["message"]?.string } ?? []
    }

    /// The addresses that all tabs have asked for since it was asked last, WebSockets among them.
    func requests() throws -> [String] {
        let entries = try driver.command("POST", "/se/log", ["type": "performance"]).elements ?? []
        return try entries.compactMap { entry in
            guard let message = try entry["message"]?.string.map(JSON.init(parsing:))?["message"] else { return nil }
            switch message["method"] {
            case "Network.requestWillBeSent": return message["params"]?["request"]?["url"]?.string
            case "Network.webSocketCreated": return message["params"]?["url"]?.string
            default: return nil
            }
        }
    }
}
