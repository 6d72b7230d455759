/// The permissions of a file that is made.
package enum FileRights: Sendable {
    /// 0640, less what the umask takes: a book is not for every user of the machine. A file of this user's that is replaced
    /// keeps its own.
    case restricted
    /// 0644 whatever the umask: another program reads it.
    case everyone
    /// 0600: it is this program's own business.
    case owner

    /// While it is written.
    var initialMode: UInt32 {
        switch self {
        case .restricted: 0o640
        case .everyone, .owner: 0o600
        }
    }
}
