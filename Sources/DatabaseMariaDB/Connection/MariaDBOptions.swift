package import Database

/// How to reach and talk to one MariaDB schema.
package struct MariaDBOptions: Sendable {
    /// With one host, for a connection; ``MariaDBServers`` chooses it.
    package var location: MariaDBURL
    /// The one of the host's addresses that is meant; nil where it has only one.
    var address: String?
    /// The only address of the host's name, as it was looked up; nil where that was not done. The library looks it up again.
    var route: String?
    /// What the server must be for the connection to be kept.
    var demands = ServerDemands()
    package var password: Secret?
    /// A MariaDB option file, see ``OptionFile``: read when a connection opens.
    package var defaultsFile: String?
    /// What that file has said, for one that has been read already.
    package var optionFile: OptionFile?
    /// Seconds to wait for each answer of the server while a connection opens; for all of them, three times as long.
    package var connectTimeout: UInt32 = 10
    /// Seconds until the server must have let us in; nil for as many as for all answers.
    var loginTimeout: UInt32?
    /// Seconds to wait for a statement's next byte; long, because a commit or an ALTER of a large table may take long.
    package var readTimeout: UInt32 = 1800
    /// Seconds to wait for the server to take our next byte.
    package var writeTimeout: UInt32 = 120
    /// Seconds to wait for a row that another transaction holds.
    package var lockWaitTimeout: UInt32 = 10

    /// Seconds after which the server closes an idle connection, with its locks and its transaction.
    package var idleTimeout: UInt32 = 3600

    /// Seconds after which the server rolls back the transaction of a silent client: one that has lost power must not
    /// hold its rows, and with them the next run, for longer.
    package var idleTransactionTimeout: UInt32 = 300

    /// Called again and again while a connection opens; throws to end that.
    package var proceed: @Sendable () throws -> Void = {}

    package init(location: MariaDBURL, password: Secret? = nil, defaultsFile: String? = nil) {
        self.location = location
        self.password = password
        self.defaultsFile = defaultsFile
    }
}
