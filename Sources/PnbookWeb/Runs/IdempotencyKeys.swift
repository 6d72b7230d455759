import Chronology
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations
import Synchronization
import Tasks

/// Which runs were asked for by which `Idempotency-Key`: asked for again, also after a restart, there is one run and one answer.
///
/// They are kept in a file that only this program's user may read, for a day, and of the newest only as many as there is room for.
final class IdempotencyKeys: Sendable {
    /// A run that was started for a key.
    struct Entry: Sendable {
        let key: String
        /// What was asked for.
        let request: String
        /// When, in milliseconds since 1970.
        let at: Int64
        /// The process that was started, by which its task is found.
        let host: String
        let pid: Int32
        let boot: String
        let start: String
        /// Nil until the run has been answered for.
        var answer: String?

        init(key: String, request: String, at: Instant, owner: ProcessIdentity) {
            self.key = key
            self.request = request
            self.at = at.milliseconds
            (host, pid, boot, start) = (owner.host, owner.pid, owner.bootID, owner.processStart)
        }

        var owner: ProcessIdentity { ProcessIdentity(host: host, pid: pid, bootID: boot, processStart: start) }
    }

    private let path: String
    private let now: @Sendable () -> Instant
    private let entries: Mutex<[Entry]>

    /// The longest key, in characters.
    static let longest = 128
    private static let keptFor: Int64 = 86_400_000
    private static let most = 1000
    private static let sizeLimit = 4 << 20

    /// Reads those of an earlier process. A file that cannot be read is worth a warning, and no more: then keys are new.
    init(in folder: String, now: @escaping @Sendable () -> Instant, logger: Logger) {
        path = folder + "/runs.json"
        self.now = now
        var known: [Entry] = []
        if let data = FileManager.default.contents(atPath: path), data.count <= Self.sizeLimit {
            do {
                known = try JSONDecoder().decode([Entry].self, from: data)
            } catch {
                logger.warn("\(path) is not what this program has written there, and is begun anew")
            }
        }
        entries = Mutex(known)
    }

    /// - Throws: ``WebFailure`` for a header that is not one key of visible ASCII characters.
    static func key(in values: [String]) throws -> String? {
        guard let key = values.first else { return nil }
        guard values.count == 1, (1...longest).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw WebFailure.badRequest("'Idempotency-Key' must be 1 to \(longest) visible ASCII characters")
        }
        return key
    }

    /// The run that was started for a key; nil for a new one.
    ///
    /// - Throws: ``WebFailure``, 422, where it was asked for something else.
    func entry(of key: String, for request: String) throws -> Entry? {
        let oldest = now().milliseconds - Self.keptFor
        guard let entry = entries.withLock({ $0.last { $0.key == key && $0.at > oldest } }) else { return nil }
        guard entry.request == request else {
            throw WebFailure(
                422, .usage, kind: "usage", "this Idempotency-Key was used for something else: \(entry.request)",
                fix: "Use a new key for each request")
        }
        return entry
    }

    /// Records a run, in place of what was known of its key.
    ///
    /// - Throws: `FileError`.
    func record(_ entry: Entry) throws {
        try replace(entry.key, by: entry)
    }

    /// Forgets a key whose run has begun no task: asked for again, there is another run.
    ///
    /// - Throws: `FileError`.
    func forget(_ key: String) throws {
        try replace(key, by: nil)
    }

    private func replace(_ key: String, by entry: Entry?) throws {
        let oldest = now().milliseconds - Self.keptFor
        try entries.withLock { entries in
            var kept = entries.filter { $0.key != key && $0.at > oldest }
            if let entry { kept.append(entry) }
            kept = Array(kept.suffix(Self.most))
            entries = kept
            try AtomicFile.write(JSONDocument.compact(kept) + "\n", to: path, rights: .owner, replacing: .anything)
        }
    }
}

/// As it is in the file, which nobody else reads.
extension IdempotencyKeys.Entry: Codable {}
