import Harness

extension PrivateServer {
    /// Runs statements as root, separated by semicolons: what the driver does not take.
    func sql(_ statements: String) throws {
        try ChildRun.succeed(
            // Whatever certificate a test has given the server is not this client's concern.
            ["mariadb", "--no-defaults", "--skip-ssl", "--socket=\(socket)", "--user=root", "-e", statements])
    }
}
