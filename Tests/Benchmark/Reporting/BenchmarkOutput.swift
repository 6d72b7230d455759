import Foundation

/// Where results go (stdout) and where it is said what goes on (stderr).
enum BenchmarkOutput {
    /// - Throws: ``BenchmarkError`` where a result cannot be written; Swift's `print` would not say so.
    static func print(_ text: String) throws {
        guard write(text, to: STDOUT_FILENO) else {
            throw BenchmarkError("the result cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    static func note(_ text: String) {
        _ = write("pnbook-bench: \(text)\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
