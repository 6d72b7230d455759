package import ErrorModel
import FoundationEssentials
import Glibc

/// What can go wrong with the temporary file.
package enum SpillError: Diagnosable {
    /// What was tried, in which folder, and the system's error number.
    case io(DisplayText, String, Int32)
    case recordTooLarge(Int)

    package var text: DisplayText {
        switch self {
        case .io(let action, let folder, let number):
            "cannot \(action) in \(folder): \(String(cString: strerror(number)))"
        case .recordTooLarge(let bytes):
            "a catalogue row takes \(bytes) bytes, more than the sort's memory"
        }
    }

    package var category: ErrorCategory { .output }

    package var remedy: Remedy? {
        switch self {
        case .io: .text("Make room there or point TMPDIR elsewhere")
        case .recordTooLarge: .text("Shorten its description or vendor")
        }
    }
}
