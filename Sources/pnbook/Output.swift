import ErrorModel
import Foundation

/// Writes text to a descriptor and reports every error: `print` loses output on a full disk and exits 0.
struct Output: Sendable {
    let descriptor: Int32

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether the cursor can be moved and colours shown.
    func canDraw(_ environment: [String: String]) -> Bool {
        isTerminal && environment["TERM"] != "dumb"
    }

    /// The terminal's width; 80 where it does not say.
    var columns: Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Writes all of `text`.
    ///
    /// - Throws: ``OutputError``.
    func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest)).baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw OutputError(descriptor: descriptor, number: errno) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Finds out before any work whether output can be written at all: a blank line, which neither a table nor a JSON
    /// document minds. A terminal is not asked.
    func probe() throws {
        if !isTerminal { try write("\n") }
    }
}

/// Output that could not be written.
struct OutputError: Diagnosable {
    let descriptor: Int32
    let number: Int32
    /// What has been done all the same.
    var done: String?

    var description: String {
        let name = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
        return (done.map { $0 + ", but " } ?? "") + "cannot write to \(name): \(String(cString: strerror(number)))"
    }

    var category: ErrorCategory { .output }
    var remedy: Remedy? { nil }
}
