import FoundationEssentials
import Glibc

/// Standard input, output and error, which a parent process may leave closed.
package enum StandardStreams {
    /// Opens the closed ones among descriptors 0 to 2, before anything else is opened: a database's socket would get the
    /// number, and messages for people would be written into the connection.
    ///
    /// Input is empty, and errors are discarded, also those of child processes. Output is opened for reading, so that writing a
    /// result is the same error (74) as on a closed descriptor.
    package static func fill() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // `open` returns the lowest free number, which is this one. The root folder exists even if /dev does not.
            if open("/dev/null", mode) < 0 { _ = open("/", O_RDONLY) }
        }
    }
}
