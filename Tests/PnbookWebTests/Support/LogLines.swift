import ErrorModel
import Harness
import Logging
import Operations

/// A log that keeps its lines.
struct LogLines: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let kept = Locked<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let text = DisplayText(in: event.metadata)?.string ?? event.message.description
        kept.withLock { $0.append("\(event.level): \(text)") }
    }
}
