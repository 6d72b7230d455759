import Synchronization

/// The feed of a hub: the hub is told of it once both exist, for each needs the other.
final class FeedOfHub: Sendable {
    private let known = Mutex<TaskFeed?>(nil)

    var feed: TaskFeed? { known.withLock { $0 } }

    func set(_ feed: TaskFeed) {
        known.withLock { $0 = feed }
    }
}
