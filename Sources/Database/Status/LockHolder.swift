package import ErrorModel

/// Who holds an advisory lock, as far as this account may see.
package struct LockHolder: Hashable, Sendable {
    /// The server's number of the session, or on SQLite the process's id.
    package let number: Int64
    /// `ann@10.0.0.7:51432`, or the process's user; nil where this account may not see it.
    package let user: String?
    /// What it does: the session's command (`Sleep`, `Query`), or the process's program. Nil where this account may not see it.
    package let activity: String?
    /// Seconds since the session began that; nil where that is not known.
    package let seconds: Int64?

    package init(number: Int64, user: String? = nil, activity: String? = nil, seconds: Int64? = nil) {
        self.number = number
        self.user = user
        self.activity = activity
        self.seconds = seconds
    }

    /// `session 57 of ann@localhost (Sleep for 12 s)`, `process 4711 of ann (python3)`.
    package func name(on engine: Engine) -> DisplayText {
        let name: DisplayText =
            switch engine {
            case .sqlite: "process \(number)"
            case .mariadb: "session \(number)"
            }
        let owned: DisplayText = user.map { "\(name) of \($0)" } ?? name
        guard let activity else { return owned }
        return seconds.map { "\(owned) (\(activity) for \($0) s)" } ?? "\(owned) (\(activity))"
    }

    /// How an administrator sees more of it, where more is to be seen, and ends it.
    package func wayOut(on engine: Engine) -> DisplayText {
        switch engine {
        case .sqlite: "If it is not to go on, end it: kill \(number)"
        case .mariadb where user == nil:
            "Whose it is, an account with the PROCESS privilege sees: SELECT * FROM information_schema.processlist WHERE id "
                + "= \(number);  If it is not to go on, an administrator ends it: KILL \(number);"
        case .mariadb: "If it is not to go on, an administrator ends it: KILL \(number);"
        }
    }
}
