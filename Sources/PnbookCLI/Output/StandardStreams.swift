import Foundation

/// Standard input, output and error, which some who start a program leave closed.
enum StandardStreams {
    /// Opens what is closed among descriptors 0 to 2, before anything else is opened: a database's socket would get the
    /// number, and what is meant for people would be written into the connection.
    ///
    /// Input is empty, and errors go nowhere, also those of programs that are started. Output is opened for reading, so that
    /// a result that cannot be written is the error (74) that it would be on a closed descriptor.
    static func fill() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest number that is free, which is this one. The root folder is there where /dev is not.
            if open("/dev/null", mode) < 0 { _ = open("/", O_RDONLY) }
        }
    }
}
