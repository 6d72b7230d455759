import Foundation

/// What `posix_spawn` is asked for: where the streams lead, and what else the child must not inherit.
struct SpawnRequest {
    private var actions = posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()

    /// Signals that the child begins with as the system sets them, whatever the shell that started the tests ignores.
    private static let reset = [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXFSZ]

    init() {
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in Self.reset { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    /// Frees what the request holds; nothing else may be done with it afterwards.
    mutating func destroy() {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    /// Standard input.
    mutating func read(_ stream: ChildRun.Stream) {
        switch stream {
        case .none, .captured: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .file(let path): posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        }
    }

    /// Standard output (1) or error (2).
    mutating func write(_ number: Int32, _ stream: ChildRun.Stream, captured path: String) {
        switch stream {
        case .none: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
        case .captured: open(number, path)
        case .file(let path): open(number, path)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
    }

    private mutating func open(_ number: Int32, _ path: String) {
        posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }

    /// Starts the child.
    mutating func run(_ words: [String], _ environment: [String: String], in folder: String?) throws -> pid_t {
        // Another test's sockets and pipes would be kept open by this child.
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let number = Int32(name), number > 2 { posix_spawn_file_actions_addclose(&actions, number) }
        }
        let words = (folder.map { ["env", "--chdir=" + $0] } ?? []) + words
        var child: pid_t = 0
        let failure = Self.withCStrings(words) { argv in
            Self.withCStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawnp(&child, words[0], &actions, &attributes, argv, envp)
            }
        }
        guard failure == 0 else { throw ProgramError.notStarted(words[0], failure) }
        return child
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
