package import Database

/// What a user authenticates with to a server.
package struct Credentials: Sendable {
    /// Nil where none is given.
    package let password: Secret?
    /// A MariaDB option file.
    package let defaultsFile: String?

    package init(password: Secret? = nil, defaultsFile: String? = nil) {
        self.password = password
        self.defaultsFile = defaultsFile
    }
}
