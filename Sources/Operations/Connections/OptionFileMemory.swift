import Database
import DatabaseMariaDB
import Glibc
import Synchronization

/// An option file as its run knows it: read for each connection, so that a change counts; and where it is gone meanwhile, as
/// credentials of systemd are once their service has ended, what it said last.
final class OptionFileMemory: Sendable {
    /// What a connection logs in with.
    struct Known: Sendable {
        let password: Secret?
        let defaultsFile: String?
        let optionFile: OptionFile?
    }

    private let read: @Sendable () throws -> Credentials
    private let last = Mutex<Known?>(nil)

    init(_ credentials: @escaping @Sendable () throws -> Credentials) {
        read = credentials
    }

    /// - Throws: ``ConfigurationError``, `OptionFileError`.
    func credentials() throws -> Known {
        do {
            let credentials = try read()
            let file = try credentials.defaultsFile.map { try OptionFile(path: $0) }
            let known = Known(
                password: credentials.password, defaultsFile: credentials.defaultsFile, optionFile: file)
            last.withLock { $0 = known }
            return known
        } catch {
            guard let known = last.withLock(\.self), let path = known.defaultsFile, Self.isGone(path) else {
                throw error
            }
            return known
        }
    }

    private static func isGone(_ path: String) -> Bool { access(path, F_OK) != 0 && [ENOENT, EACCES].contains(errno) }
}
