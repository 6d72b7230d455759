import ErrorModel
import Logging
import Operations

/// Log lines for people, on stderr: the level first, no timestamps (a service's journal has its own).
struct StderrLog: LogHandler {
    let output: Output
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(output: Output, logLevel: Logger.Level) {
        self.output = output
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level: DisplayText = event.level >= .warning ? "\(event.level): " : ""
        // If stderr itself is gone, there is nowhere left to report it.
        try? output.write("pnbook: \(level)\(event.message.description)\n")
    }
}
