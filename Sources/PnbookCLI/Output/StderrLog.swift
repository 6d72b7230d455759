import ErrorModel
import Logging
import Operations

/// Log lines for people, on stderr: the level first, no timestamps. A service's journal has its own, and is told the level by a
/// line's priority as well.
struct StderrLog: LogHandler {
    let output: Output
    var logLevel: Logger.Level
    /// What `--verbose` says has the seconds since then.
    let began = ContinuousClock.now
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    /// - Parameter logLevel: the least that people are to see. The journal gets what is said to them in any case: nobody is called
    ///   to read it.
    init(output: Output, logLevel: Logger.Level) {
        self.output = output
        self.logLevel = output.isJournal ? min(logLevel, .info) : logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level: DisplayText =
            switch event.level {
            case .trace, .debug, .info, .notice: ""
            case .warning: "warning: "
            case .error, .critical: "error: "
            }
        if event.level < .info {
            let elapsed = Trace.seconds(since: began)
            try? output.write("pnbook: \(elapsed)  \(event.message.description)\n", priority: .debug)
            return
        }
        // If stderr itself is gone, there is nowhere left to report it.
        let text = DisplayText(in: event.metadata) ?? DisplayText(event.message.description)
        try? output.write("pnbook: \(level)\(text)\n", priority: Self.priority(event.level))
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
