package import Database
import Tasks

/// Says what a run does, for a person who looks for the cause of something: connections, settings, statements by name and time.
///
/// It names no value, no password and nothing of a URL but what messages show of it.
package struct Trace: Sendable {
    /// Takes one line.
    package let say: @Sendable (String) -> Void

    package init(say: @escaping @Sendable (String) -> Void) {
        self.say = say
    }

    /// Where the settings in force come from; their values are what `config show` is for.
    package func tell(of configuration: Configuration) {
        say("configuration file: " + (configuration.file?.path ?? "none"))
        for key in ConfigurationKey.allCases {
            guard let found = configuration.find(key), found.origin != .defaultValue else { continue }
            say("setting \(key.rawValue): from \(found.origin.description)")
        }
    }

    /// `0.012 s`.
    package static func seconds(since began: ContinuousClock.Instant) -> String {
        let milliseconds = Int((ContinuousClock.now - began) / .milliseconds(1))
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest + " s"
    }
}

extension ConnectionFactory {
    /// The same connections to `url`, each of which says what it does.
    package func traced(by trace: Trace, to url: DatabaseURL) -> ConnectionFactory {
        let openTraced = { @Sendable (purpose: ConnectionPurpose) throws -> any Connection in
            let began = ContinuousClock.now
            let connection = try open(purpose)
            let label = "\(purpose)"
            trace.say("\(label): connected to \(connection.place) in \(Trace.seconds(since: began))")
            for line in Self.facts(of: connection) { trace.say("\(label): \(line)") }
            return TracedConnection(connection, label, trace)
        }
        return ConnectionFactory(
            open: openTraced,
            openStoredTasks: { purpose in
                // On a server they are in the schema itself.
                if case .mariadb = url { return TaskStore(try openTraced(purpose)) }
                let store = try openStoredTasks(purpose)
                trace.say(store == nil ? "tasks: none have been stored" : "tasks: opened the file beside the database")
                return store
            },
            openClientFile: { path, isNew in
                trace.say("\(isNew ? "making" : "opening") the file \(path)")
                return TracedConnection(try openClientFile(path, isNew), "file", trace)
            }, release: release, moves: moves, servers: servers)
    }

    /// The server and the session, as it says itself; nothing where it cannot be asked.
    private static func facts(of connection: any Connection) -> [String] {
        switch connection.engine {
        case .sqlite:
            let version = try? connection.first("SELECT sqlite_version()") { $0.text(0) ?? "" }
            return ["SQLite \((version ?? nil) ?? "?")"]
        case .mariadb:
            let version = try? connection.first("SELECT VERSION()") { $0.text(0) ?? "" }
            let tls = try? connection.first("SHOW SESSION STATUS LIKE 'Ssl_version'") { $0.text(1) ?? "" }
            let settings = try? connection.rows("\(raw: settingsQuery)") { "\($0.text(0) ?? "")=\($0.text(1) ?? "")" }
            let encryption = ((tls ?? nil) ?? "").isEmpty ? "without TLS" : (tls ?? nil) ?? ""
            return [
                "MariaDB \((version ?? nil) ?? "?"), \(encryption), connection \(connection.connectionID)",
                "session: " + (settings ?? []).joined(separator: " "),
            ]
        }
    }

    private static let settingsQuery = """
        SHOW SESSION VARIABLES WHERE variable_name IN ('autocommit', 'collation_connection', 'idle_transaction_timeout',
        'innodb_lock_wait_timeout', 'lock_wait_timeout', 'sql_mode', 'time_zone', 'transaction_isolation', 'tx_isolation',
        'wait_timeout')
        """
}
