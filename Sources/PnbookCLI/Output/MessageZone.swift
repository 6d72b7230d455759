import Chronology
import Synchronization

/// The zone of times in messages: UTC until the configuration has been read, which may itself be what a message is about.
final class MessageZone: Sendable {
    private let current = Mutex(Zone.utc)

    var zone: Zone { current.withLock { $0 } }

    func set(_ zone: Zone) { current.withLock { $0 = zone } }
}
