import FoundationEssentials

/// The service that is installed on this machine, as systemd knows it, drop-ins included.
struct InstalledService {
    /// Whom it runs as; nil for a user of systemd's making.
    let user: String?
    /// Whether its timer starts it, also after the next boot.
    let isEnabled: Bool
    let service: UnitSettings
    let timer: UnitSettings

    /// - Returns: nil where no such service, or no systemd, is there.
    init?() {
        let systemctl = { (arguments: [String]) -> String? in
            let child = ChildProcess("/usr/bin/env", ["systemctl"] + arguments, isMute: true)
            guard let result = try? child.run(within: 5), result.code == 0 else { return nil }
            return result.output
        }
        guard let shown = systemctl(["show", "pnbook.service", "--property=LoadState,User,DynamicUser"]) else {
            return nil
        }
        self.init(
            properties: shown, service: systemctl(["cat", "pnbook.service"]) ?? "",
            timer: systemctl(["cat", "pnbook.timer"]) ?? "",
            isEnabled: systemctl(["is-enabled", "pnbook.timer"])?.hasPrefix("enabled") == true)
    }

    /// - Parameters:
    ///   - properties: `NAME=VALUE` on each line.
    ///   - service: the unit's text and its drop-ins'.
    ///   - timer: the same of its timer.
    init?(properties: String, service: String = "", timer: String = "", isEnabled: Bool = false) {
        let values = UnitSettings(properties)
        guard values["LoadState"].last == "loaded" else { return nil }
        // A dynamic user may have been given a name; the account exists only while the service runs.
        user = values.isYes("DynamicUser") ? nil : values["User"].last ?? "root"
        self.isEnabled = isEnabled
        self.service = UnitSettings(service)
        self.timer = UnitSettings(timer)
    }
}
