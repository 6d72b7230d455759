import CMariaDB
import FoundationEssentials
import Glibc

/// A connection's socket, for a thread that ends the connection while another one waits on it.
struct SocketLink: Sendable {
    private let descriptor: Int32
    /// A descriptor's number alone may name another file by then.
    private let inode: ino_t

    /// Nil where there is no socket yet.
    init?(_ pointer: UnsafeMutablePointer<MYSQL>) {
        let descriptor = mysql_get_socket(pointer)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
        self.descriptor = descriptor
        inode = status.st_ino
    }

    /// Ends the connection in both directions: who waits for it hears that it is lost.
    func end() {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK, status.st_ino == inode else {
            return
        }
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
