import Foundation
import Harness
import TestSupport

/// Debian's Chromium without a window, told what to do by its chromedriver (the W3C's WebDriver over HTTP, and Chromium's own
/// commands where that has none). It ends with the last reference.
///
/// Its calls block their thread, and are made one at a time: hence unchecked.
final class WebDriver: @unchecked Sendable {
    private let workspace: Workspace
    private let process: ChildRun
    private let session: String
    /// The driver's own address, which is another origin than the page's.
    let port: UInt16

    /// - Parameter languages: what the browser asks for: `ru-RU,ru`.
    /// - Throws: ``WebDriverError`` where there is no Chromium, or it does not start.
    init(languages: String) throws {
        workspace = try Workspace(named: "pnbook-browser")
        let port = try LocalSocket.freePort()
        self.port = port
        var environment = ProcessInfo.processInfo.environment
        // Not what the user who runs the tests has in theirs.
        environment["HOME"] = workspace.folder
        environment["LC_ALL"] = "C.UTF-8"
        process = try workspace.start("chromedriver", ["chromedriver", "--port=\(port)"], environment: environment)
        let child = process
        try eventually(60, "chromedriver answers (Debian's package chromium-driver)") {
            guard child.isRunning else { throw WebDriverError.noAnswer("chromedriver; is chromium-driver installed?") }
            return (try? LoopbackHTTP.ask("GET", "/status", port: port).status) == 200
        }
        var arguments = [
            "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--window-size=1280,900",
            "--disable-background-networking", "--disable-component-update",
            "--user-data-dir=\(workspace.folder)/profile",
        ]
        // As root Chromium does not start with its sandbox.
        if getuid() == 0 { arguments.append("--no-sandbox") }
        let options: [String: Any] = ["args": arguments, "prefs": ["intl.accept_languages": languages]]
        let capabilities: [String: Any] = [
            "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"], "goog:chromeOptions": options,
        ]
        let answer = try Self.ask("POST", "/session", ["capabilities": ["alwaysMatch": capabilities]], port: port)
        guard let session = answer["sessionId"]?.string else {
            throw WebDriverError.refused(command: "POST /session", why: "\(answer)")
        }
        self.session = session
        // It would outlive a driver that is killed.
        if let browser = answer["capabilities"]?["goog:processID"]?.integer {
            try Data("\(browser)\n".utf8).write(to: URL(fileURLWithPath: workspace.folder + "/chromium.pid"))
        }
    }

    deinit {
        // Its browser, too; the workspace ends what is left.
        _ = try? command("DELETE", "")
        process.signal(SIGTERM)
    }

    /// One command of the session.
    @discardableResult
    func command(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> JSON {
        try Self.ask(method, "/session/" + session + path, body, port: port)
    }

    private static func ask(_ method: String, _ path: String, _ body: [String: Any]?, port: UInt16) throws -> JSON {
        let bytes = try body.map { Array(try JSONSerialization.data(withJSONObject: $0)) } ?? []
        let answer = try LoopbackHTTP.ask(method, path, port: port, body: bytes)
        let document = try JSON(parsing: String(decoding: answer.body, as: UTF8.self))
        guard answer.status == 200, let value = document["value"] else {
            let why = document["value"]?["message"]?.string ?? "status \(answer.status)"
            throw WebDriverError.refused(command: "\(method) \(path)", why: why)
        }
        return value
    }

    /// Closes all tabs but the first, and forgets what the consoles and the network have said so far.
    func forget() throws {
        let handles = try command("GET", "/window/handles").elements?.compactMap(\.string) ?? []
        for handle in handles.dropFirst() {
            try command("POST", "/window", ["handle": handle])
            try command("DELETE", "/window")
        }
        if let first = handles.first { try command("POST", "/window", ["handle": first]) }
        for log in ["browser", "performance"] { try command("POST", "/se/log", ["type": log]) }
    }

    /// A command of Chromium's own.
    @discardableResult
    func chromium(_ command: String, _ parameters: [String: Any] = [:]) throws -> JSON {
        try self.command("POST", "/goog/cdp/execute", ["cmd": command, "params": parameters])
    }
}
