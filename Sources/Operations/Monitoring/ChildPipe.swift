import FoundationEssentials
import Glibc

/// A pipe between us and a child. Our ends never wait.
final class ChildPipe {
    private(set) var reader: Int32 = -1
    private(set) var writer: Int32 = -1

    /// The most bytes that one call reads, so that a child that prints without end does not keep us.
    private static let most = 128 << 10

    /// - Throws: ``ChildProcess/Failure``.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ChildProcess.Failure.notStarted("a pipe", errno) }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        closeReader()
        closeWriter()
    }

    func closeReader() {
        if reader >= 0 { close(reader) }
        reader = -1
    }

    func closeWriter() {
        if writer >= 0 { close(writer) }
        writer = -1
    }

    /// Writes what the pipe takes at once; a program that does not read misses the rest.
    func write(_ text: String) {
        _ = fcntl(writer, F_SETFL, O_NONBLOCK)
        var text = text
        text.withUTF8 { _ = Glibc.write(writer, $0.baseAddress, $0.count) }
    }

    /// Appends what is there, without waiting.
    func read(into text: inout [UInt8]) {
        _ = fcntl(reader, F_SETFL, O_NONBLOCK)
        var chunk = [UInt8](repeating: 0, count: 4096)
        var total = 0
        while total <= Self.most {
            let count = Glibc.read(reader, &chunk, chunk.count)
            guard count > 0 else { return }
            text += chunk[..<count]
            total += count
        }
    }
}
