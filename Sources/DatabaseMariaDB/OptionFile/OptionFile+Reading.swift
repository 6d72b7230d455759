import ErrorModel
import FoundationEssentials
import Glibc

extension OptionFile {
    /// Reads the file at `path`. Whether others may read it has been looked at before.
    ///
    /// - Throws: ``OptionFileError``.
    package init(path: String) throws(OptionFileError) {
        // Opening a pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path, DisplayText(String(cString: strerror(errno)))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Self.unreadable(path, "it is not a regular file")
        }
        guard status.st_size <= Self.largest else { throw Self.unreadable(path, "it is larger than an option file is") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Self.largest {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreadable(path, DisplayText(String(cString: strerror(errno)))) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        try self.init(bytes, path: path)
    }

    private static func unreadable(_ path: String, _ reason: DisplayText) -> OptionFileError {
        OptionFileError(
            "the option file \(path) cannot be read: \(reason)",
            remedy: .text("Name a file with a group [pnbook] that this user alone may read"))
    }
}
