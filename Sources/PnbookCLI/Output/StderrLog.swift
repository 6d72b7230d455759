import ErrorModel
import Logging
import Operations

/// Log lines for people, on stderr: the level first, no timestamps (a service's journal has its own).
struct StderrLog: LogHandler {
    let output: Output
    let zone: MessageZone
    var logLevel: Logger.Level
    /// What `--verbose` says has the seconds since then.
    let began = ContinuousClock.now
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(output: Output, zone: MessageZone, logLevel: Logger.Level) {
        self.output = output
        self.zone = zone
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level: DisplayText = event.level >= .warning ? "\(event.level): " : ""
        if event.level < .info {
            let elapsed = Trace.seconds(since: began)
            try? output.write("pnbook: \(elapsed)  \(event.message.description)\n")
            return
        }
        // If stderr itself is gone, there is nowhere left to report it.
        let message = LocalTimes.shown(event.message.description, in: zone.zone)
        try? output.write("pnbook: \(level)\(message)\n")
    }
}
