import ErrorModel
import FoundationEssentials
import Glibc

/// A small file that was written for us, read whole: within a size and, where it is a pipe (a shell's `<(command)`), within a time.
///
/// It is opened without waiting for a writer. A folder, a socket and a device are refused; `/dev/null` is an empty file.
struct InputFile {
    let bytes: Data
    /// Of the file that was read, whatever has its name by now.
    let status: stat

    /// Why it was not read, as a reason that follows the file's name and a colon.
    enum Failure: Error, CustomStringConvertible {
        case system(Int32)
        case folder
        case terminal
        case device
        case socket
        case tooLarge(Int)
        case tooSlow(Double)
        case noWriter

        var description: String { text.string }

        var text: DisplayText {
            switch self {
            case .system(let number): DisplayText(String(cString: strerror(number)))
            case .folder: "it is a folder"
            case .terminal: "it is a terminal"
            case .device: "it is a device"
            case .socket: "it is a socket"
            case .tooLarge(let limit): "it has more than \(limit >> 10) KiB"
            case .noWriter: "it is a pipe into which nothing is written"
            case .tooSlow(let seconds): "it is a pipe that did not end within \(Int(seconds)) seconds"
            }
        }
    }

    /// Reads a file by its name.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that it may have.
    ///   - seconds: the time in which a pipe must end.
    ///   - proceed: called many times a second while a pipe is waited for; an error that it throws ends the wait.
    /// - Throws: ``Failure``, and what `proceed` throws.
    init(path: String, limit: Int, seconds: Double, proceed: () throws -> Void = {}) throws {
        // Before it is opened: opening some devices does something.
        var status = stat()
        guard stat(path, &status) == 0 else { throw Failure.system(errno) }
        try Self.requireReadable(status)
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.system(errno) }
        defer { close(descriptor) }
        try self.init(descriptor, limit, seconds, isNamed: true, proceed)
    }

    /// Reads an open file to its end. A terminal may be one, without a limit of time: there, a person ends it.
    init(descriptor: Int32, limit: Int, seconds: Double, proceed: () throws -> Void = {}) throws {
        try self.init(descriptor, limit, seconds, isNamed: false, proceed)
    }

    /// Seconds in which a pipe with a name must get a writer: one that was opened before it looks as if it had ended.
    private static let writerLimit = 2.0

    private init(
        _ descriptor: Int32, _ limit: Int, _ seconds: Double, isNamed: Bool, _ proceed: () throws -> Void
    ) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure.system(errno) }
        let isTerminal = isatty(descriptor) == 1
        if !isTerminal { try Self.requireReadable(status) }
        let isPipe = status.st_mode & S_IFMT == S_IFIFO
        let began = ContinuousClock.now
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            // With a name it was opened so that reading never waits.
            if !isNamed && (isPipe || isTerminal) {
                try Self.wait(descriptor, until: isTerminal ? nil : began + .seconds(seconds), seconds, proceed)
            }
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                try Self.wait(descriptor, until: began + .seconds(seconds), seconds, proceed)
                continue
            }
            guard count >= 0 else { throw Failure.system(errno) }
            if count == 0 && isNamed && isPipe && data.isEmpty {
                guard ContinuousClock.now < began + .seconds(Self.writerLimit) else { throw Failure.noWriter }
                try proceed()
                usleep(20_000)
                continue
            }
            if count == 0 { break }
            guard data.count + count <= limit else { throw Failure.tooLarge(limit) }
            data.append(contentsOf: chunk[..<count])
        }
        bytes = data
        self.status = status
    }

    /// Whether it is the file that means "nothing".
    var isNull: Bool { Self.isNull(status) }

    private static func isNull(_ status: stat) -> Bool {
        // Number 1:3 on every Linux.
        status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0x103
    }

    private static func requireReadable(_ status: stat) throws {
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFIFO: break
        case S_IFDIR: throw Failure.folder
        case S_IFSOCK: throw Failure.socket
        case S_IFCHR where isNull(status): break
        // Consoles and pseudo terminals.
        case S_IFCHR where [4, 5, 136].contains(status.st_rdev >> 8): throw Failure.terminal
        default: throw Failure.device
        }
    }

    /// Waits until there is something to read, or its end.
    private static func wait(
        _ descriptor: Int32, until deadline: ContinuousClock.Instant?, _ seconds: Double, _ proceed: () throws -> Void
    ) throws {
        while true {
            try proceed()
            // Also where there is something to read each time: a byte now and then would go on for ever.
            if let deadline, ContinuousClock.now >= deadline { throw Failure.tooSlow(seconds) }
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&wanted, 1, 50) > 0 { return }
        }
    }
}
