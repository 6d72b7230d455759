import Logging
import Operations

/// Log lines for people, on stderr: the level first, no timestamps. A service's journal has its own, and is told the level by a
/// line's priority as well.
struct StderrLog: LogHandler {
    let output: Output
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    /// - Parameter isQuiet: nothing but warnings and errors. The journal gets the rest all the same: nobody is called to read it.
    init(output: Output, isQuiet: Bool) {
        self.output = output
        logLevel = isQuiet && !output.isJournal ? .warning : .info
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level: DisplayText = event.level >= .warning ? "\(event.level): " : ""
        // If stderr itself is gone, there is nowhere left to report it.
        try? output.write("pnbook: \(level)\(event.message.description)\n", priority: Self.priority(event.level))
    }

    private static func priority(_ level: Logger.Level) -> JournalPriority {
        switch level {
        case .trace, .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error, .critical: .error
        }
    }
}
