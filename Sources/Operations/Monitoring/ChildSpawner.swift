import CSpawn
import FoundationEssentials
import Glibc

/// Starts a program as a child, with nothing of ours that it was not given: no descriptor beyond the first three, no signal that we
/// block or ignore.
enum ChildSpawner {
    /// What keeps a child apart from us.
    enum Group {
        /// A process group: signals of our terminal do not reach it, and it can be ended with what it has started.
        case own
        /// A session: it has no terminal, and goes on when ours ends.
        case session
    }

    /// - Parameters:
    ///   - program: by its full path.
    ///   - environment: all of it.
    ///   - streams: says what becomes of the first three descriptors; one that is not mentioned is inherited.
    /// - Throws: ``ChildProcess/Failure``.
    static func spawn(
        _ program: String, _ arguments: [String], environment: [String: String], _ group: Group,
        streams: (inout posix_spawn_file_actions_t) -> Void
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        streams(&actions)
        // The connections' sockets above all: the server would keep our session, and its locks, as long as the child lives.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals as a program expects them.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let separation: Int32
        switch group {
        case .own:
            posix_spawnattr_setpgroup(&attributes, 0)
            separation = Int32(POSIX_SPAWN_SETPGROUP)
        case .session:
            separation = setSession
        }
        posix_spawnattr_setflags(
            &attributes, Int16(separation | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)))
        let argv = ([program] + arguments).map { strdup($0) }
        let variables = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in argv + variables { free(text) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, program, &actions, &attributes, argv + [nil], variables + [nil])
        guard result == 0 else { throw ChildProcess.Failure.notStarted(program, result) }
        return child
    }

    /// glibc's `POSIX_SPAWN_SETSID`, which it declares only under `_GNU_SOURCE`.
    private static let setSession: Int32 = 0x80
}
