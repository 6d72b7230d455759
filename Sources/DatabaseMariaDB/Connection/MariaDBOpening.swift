import CMariaDB
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Synchronization

/// Calls of the client library while a connection opens: each ends in time, whatever the server does, and ends early where
/// the run is to end.
///
/// The library itself begins its wait again with each byte, so that a server which sends one now and then could hold it for ever.
final class MariaDBOpening {
    private let patience: Duration
    private let deadline: Deadline
    /// Throws where the run is to end, or all answers together take too long.
    private let check: @Sendable () throws -> Void
    /// Why the waiting was given up here.
    private var givenUp: (any Error)?
    /// Nil without TLS.
    private let watch: OpeningWatch?
    /// Nil where the library alone knows it.
    private let address: ServerAddress?
    private let options: MariaDBOptions
    /// Whether the server's system has taken the connection.
    private var isTaken = false

    /// How many times as long as for an answer it is waited for all of them: a server under load is slow each time.
    private static let answers = 3

    /// How long a call waits at most before it looks whether the run is to end, in milliseconds.
    private static let slice: Int32 = 100

    /// - Throws: `ThreadError`.
    init(_ options: MariaDBOptions, at address: ServerAddress?) throws {
        self.address = address
        self.options = options
        patience = .seconds(Int(options.connectTimeout))
        let deadline = Deadline(
            login: Int(options.loginTimeout ?? UInt32(Self.answers) * options.connectTimeout),
            whole: Self.answers * Int(options.connectTimeout))
        self.deadline = deadline
        let check = { @Sendable in
            try options.proceed()
            if let seconds = deadline.missed {
                throw Self.tooSlow(seconds, options.location.description, isHasty: options.loginTimeout != nil)
            }
        }
        self.check = check
        watch = options.location.effectiveTLS == .disable ? nil : try OpeningWatch(check)
    }

    deinit {
        watch?.end()
    }

    /// Why the waiting was given up; nil where it was not.
    var failure: (any Error)? { givenUp ?? watch?.failure }

    /// Connects.
    ///
    /// - Parameter host: as the library is to take it.
    /// - Returns: whether that succeeded; why not is in ``failure`` or in the handle.
    func connect(
        _ pointer: UnsafeMutablePointer<MYSQL>, to location: MariaDBURL, at host: ConnectedHost, user: String?,
        password: String?, schema: String?, flags: UInt
    ) -> Bool {
        let (user, password) = (COwnedText(user), COwnedText(password))
        let (schema, socket) = (COwnedText(schema), COwnedText(location.socket))
        return withExtendedLifetime((host, user, password, schema, socket)) {
            var connected: UnsafeMutablePointer<MYSQL>?
            run(
                pointer,
                mysql_real_connect_start(
                    &connected, pointer, host.pointer, user.pointer, password.pointer, schema.pointer,
                    UInt32(location.port ?? 0), socket.pointer, flags)
            ) { mysql_real_connect_cont(&connected, pointer, $0) }
            if connected != nil { deadline.passLogin() }
            return connected != nil
        }
    }

    /// Runs a statement.
    ///
    /// - Returns: whether that succeeded.
    func query(_ pointer: UnsafeMutablePointer<MYSQL>, _ statement: String) -> Bool {
        let text = COwnedText(statement)
        return withExtendedLifetime(text) {
            var failed: Int32 = 0
            run(pointer, mysql_real_query_start(&failed, pointer, text.pointer, UInt(statement.utf8.count))) {
                mysql_real_query_cont(&failed, pointer, $0)
            }
            return failed == 0
        }
    }

    /// The result of the last statement, whole; nil where it has none, or failed.
    func result(_ pointer: UnsafeMutablePointer<MYSQL>) -> UnsafeMutablePointer<MYSQL_RES>? {
        var result: UnsafeMutablePointer<MYSQL_RES>?
        run(pointer, mysql_store_result_start(&result, pointer)) { mysql_store_result_cont(&result, pointer, $0) }
        return result
    }

    private func run(_ pointer: UnsafeMutablePointer<MYSQL>, _ start: Int32, _ resume: (Int32) -> Int32) {
        var awaited = start
        while awaited != 0 { awaited = resume(wait(pointer, for: awaited)) }
    }

    /// Waits for what the library waits for; says that time is up where it is, so that the library ends by itself.
    private func wait(_ pointer: UnsafeMutablePointer<MYSQL>, for awaited: Int32) -> Int32 {
        watch?.watch(pointer)
        let patience = ContinuousClock.now + patience
        let events = (awaited & MYSQL_WAIT_READ != 0 ? POLLIN : 0) | (awaited & MYSQL_WAIT_WRITE != 0 ? POLLOUT : 0)
        while failure == nil {
            do { try check() } catch { givenUp = error }
            if failure != nil || ContinuousClock.now >= patience { break }
            let socket = mysql_get_socket(pointer)
            var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
            guard poll(&descriptor, 1, Self.slice) > 0 else { continue }
            guard isTaken || take(socket) else {
                usleep(UInt32(Self.slice) * 1000)
                continue
            }
            let happened = Int32(descriptor.revents)
            var result: Int32 = happened & Int32(POLLOUT) != 0 ? MYSQL_WAIT_WRITE : 0
            // A connection that is gone can be read to its end.
            if happened & ~Int32(POLLOUT) != 0 { result |= awaited & MYSQL_WAIT_READ }
            return result == 0 ? awaited & ~MYSQL_WAIT_TIMEOUT : result
        }
        // The library names the system's last number as the reason, and sets none itself.
        errno = ETIMEDOUT
        return MYSQL_WAIT_TIMEOUT
    }

    /// Connects a Unix socket whose server has had no room in its queue: the library takes it for connected, for it looks so.
    ///
    /// - Returns: false where there is still no room, or it is refused; then ``failure`` says so.
    private func take(_ socket: Int32) -> Bool {
        if let address, address.isLocal, !ServerAddress.hasPeer(socket) {
            switch address.connect(socket) {
            case 0, EISCONN: break
            case EAGAIN, EINTR: return false
            case let number:
                givenUp = address.refused(number, options)
                return false
            }
        }
        isTaken = true
        return true
    }

    private static func tooSlow(_ seconds: Int, _ place: String, isHasty: Bool) -> DatabaseError {
        DatabaseError(
            kind: .unreachable, engine: .mariadb, code: Int(CR_SERVER_LOST),
            message: isHasty
                ? "the server has not let us in within \(seconds) s"
                : "the server answers, but has not let us in within \(seconds) s", place: place)
    }
}

/// Until when a connection must be open.
private final class Deadline: Sendable {
    private let began = ContinuousClock.now
    private let whole: Int
    private let seconds: Mutex<Int>

    init(login: Int, whole: Int) {
        self.whole = whole
        seconds = Mutex(min(login, whole))
    }

    /// The server has let us in.
    func passLogin() { seconds.withLock { $0 = whole } }

    /// How many seconds were too few; nil while there are some left.
    var missed: Int? {
        let seconds = seconds.withLock(\.self)
        return ContinuousClock.now >= began + .seconds(seconds) ? seconds : nil
    }
}

/// A text in memory that stays where it is.
private final class COwnedText {
    let pointer: UnsafeMutablePointer<CChar>?

    init(_ text: String?) {
        pointer = text.flatMap { strdup($0) }
    }

    deinit {
        guard let pointer else { return }
        // It may be the password.
        explicit_bzero(pointer, strlen(pointer))
        free(pointer)
    }
}
