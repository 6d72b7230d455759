import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations

/// Log lines on stderr, each a line for every program whatever is in it; systemd's journal is told how serious each is.
struct ServiceLog: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let isJournal: Bool

    init(_ environment: [String: String]) {
        isJournal = JournalPriority.areRead(from: STDERR_FILENO, environment["JOURNAL_STREAM"])
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let (word, priority): (String, JournalPriority) =
            switch event.level {
            case .trace, .debug: ("", .debug)
            case .info: ("", .info)
            case .notice: ("", .notice)
            case .warning: ("warning: ", .warning)
            case .error, .critical: ("error: ", .error)
            }
        let text = DisplayText(in: event.metadata) ?? DisplayText(event.message.description)
        Self.write("pnbook-web: \(word)\(text.string)\n", isJournal ? priority : nil)
    }

    /// If stderr itself is gone, there is nowhere left to report it.
    static func write(_ line: String, _ priority: JournalPriority?) {
        let bytes = Array((priority?.marking(line) ?? line).utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
