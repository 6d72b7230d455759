import Foundation

/// The folder cannot be made.
package struct WorkspaceError: Error, CustomStringConvertible {
    /// Where it was to be made.
    package let parent: String
    /// The `errno`.
    package let number: Int32

    package var description: String {
        "no folder can be made in \(parent) (\(String(cString: strerror(number))))"
    }
}
