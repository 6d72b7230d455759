import ErrorModel
import Operations
import Synchronization

/// The terminal's last line, while a bar is drawn there: it is taken off before anything else is written.
///
/// What a person types meanwhile, such as Ctrl-C's `^C`, appears on the same line and goes with the bar.
final class StatusLine: Sendable {
    private let isShown = Mutex(false)

    private static let erasing = "\r\u{1B}[K"

    /// Draws `line` over what is there.
    func show(_ line: DisplayText, by write: (String) throws -> Void) rethrows {
        try isShown.withLock { isShown in
            isShown = true
            try write("\r\(line.string)\u{1B}[K")
        }
    }

    /// Writes with no bar on the line.
    func withoutBar(_ write: (_ erasing: String) throws -> Void) rethrows {
        try isShown.withLock { isShown in
            let erasing = isShown ? Self.erasing : ""
            isShown = false
            try write(erasing)
        }
    }
}
