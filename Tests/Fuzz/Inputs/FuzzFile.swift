import Foundation
import Harness

/// A file that readers of paths are given: written again for each input.
struct FuzzFile: Sendable {
    private let folder: ScratchFolder
    let path: String

    init(_ name: String) {
        do {
            folder = try ScratchFolder()
        } catch {
            Finding.report("no scratch folder: \(error)")
        }
        path = folder.path + "/" + name
    }

    func write(_ bytes: [UInt8]) { Self.write(bytes, to: path) }

    static func write(_ bytes: [UInt8], to path: String) {
        let descriptor = opened(path)
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count else {
            Finding.report("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        close(descriptor)
    }

    /// An empty file, open for writing.
    static func opened(_ path: String) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 { Finding.report("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
        return descriptor
    }
}
