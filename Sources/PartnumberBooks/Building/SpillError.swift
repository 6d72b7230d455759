import Foundation

/// What can go wrong with the temporary file.
package enum SpillError: Error, CustomStringConvertible {
    /// What was tried, in which folder, and the system's error number.
    case io(String, String, Int32)
    case recordTooLarge(Int)

    package var description: String {
        switch self {
        case .io(let action, let folder, let number):
            "cannot \(action) in \(folder): \(String(cString: strerror(number))). Make room there or point TMPDIR elsewhere"
        case .recordTooLarge(let bytes):
            "a catalogue row takes \(bytes) bytes, more than the sort's memory; shorten its description or vendor"
        }
    }
}
