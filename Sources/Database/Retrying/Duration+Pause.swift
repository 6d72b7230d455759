import Glibc

extension Duration {
    /// Keeps this thread waiting as long, whatever signals come.
    package func pause() {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return }
        var rest = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var left = rest
        while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
    }
}
