package import ErrorModel
package import Logging

/// Log lines for people: their text is kept beside the message, so that a terminal can have it in its user's language.
///
/// A log in any other place has the message, which is English.
extension Logger {
    package func warn(_ text: DisplayText) { log(.warning, text) }

    package func note(_ text: DisplayText) { log(.notice, text) }

    package func inform(_ text: DisplayText) { log(.info, text) }

    package func complain(_ text: DisplayText) { log(.error, text) }

    private func log(_ level: Level, _ text: DisplayText) {
        log(level: level, "\(text)", metadata: [DisplayText.metadataKey: .stringConvertible(text)])
    }
}

extension DisplayText {
    /// Under which a log line's metadata holds its text.
    package static let metadataKey = "text"

    /// The text of a log line; nil where it has only a message.
    package init?(in metadata: Logger.Metadata?) {
        guard case .stringConvertible(let value)? = metadata?[Self.metadataKey], let text = value as? DisplayText else {
            return nil
        }
        self = text
    }
}
