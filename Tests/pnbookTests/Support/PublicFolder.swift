import Foundation

/// A folder that other users can get at, unlike a scratch folder: every folder above lets them pass. Removed with the last reference.
final class PublicFolder {
    let path = "/tmp/pnbook-public-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
