import FoundationEssentials

/// The service that is installed on this machine, as systemd knows it, drop-ins included.
struct InstalledService {
    /// Whom it runs as; nil for a user of systemd's making.
    let user: String?

    /// - Returns: nil where no such service, or no systemd, is there.
    init?() {
        let systemctl = ChildProcess(
            "/usr/bin/env",
            ["systemctl", "show", "pnbook.service", "--property=LoadState,User,DynamicUser"], isMute: true)
        guard let result = try? systemctl.run(within: 5), result.code == 0 else { return nil }
        self.init(properties: result.output)
    }

    /// - Parameter properties: `NAME=VALUE` on each line.
    init?(properties: String) {
        var values: [Substring: Substring] = [:]
        for line in properties.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        guard values["LoadState"] == "loaded" else { return nil }
        let name = values["User"].map(String.init) ?? ""
        // A dynamic user may have been given a name; the account exists only while the service runs.
        user = values["DynamicUser"] == "yes" ? nil : name.isEmpty ? "root" : name
    }
}
