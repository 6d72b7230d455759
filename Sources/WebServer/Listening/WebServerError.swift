package import ErrorModel
import Glibc

/// A server that cannot listen. Nothing was begun.
package enum WebServerError: Diagnosable, Hashable {
    /// Another process listens there.
    case addressInUse(WebAddress)
    /// The system does not let this user listen there.
    case notPermitted(WebAddress)
    /// The name is not known, or the address is not one of this machine's.
    case notOurs(WebAddress, reason: String)
    /// The path is taken by something that is not a socket.
    case notASocket(path: String)
    /// The folder of the socket does not exist.
    case noFolder(path: String)
    /// The path has more bytes than a socket's name may have.
    case pathTooLong(path: String, limit: Int)
    /// The descriptor is not a socket that listens.
    case notListening(descriptor: Int32)
    /// Anything else that the system says.
    case system(WebAddress, call: String, code: Int32)

    package var text: DisplayText {
        switch self {
        case .addressInUse(let address): "another process listens on \(address.text)"
        case .notPermitted(let address): "this user may not listen on \(address.text)"
        case .notOurs(let address, let reason): "this machine has no address \(address.text): \(reason)"
        case .notASocket(let path): "\(path) exists and is not a socket; it was left as it is"
        case .noFolder(let path): "the folder of \(path) does not exist"
        case .pathTooLong(let path, let limit):
            "a socket's path has at most \(limit) bytes, and \(path) has \(path.utf8.count)"
        case .notListening(let descriptor): "descriptor \(descriptor) is not a socket that listens"
        case .system(let address, let call, let code):
            "cannot listen on \(address.text): \(call): \(String(cString: strerror(code)))"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .notPermitted: .permission
        case .addressInUse, .notOurs, .notASocket, .noFolder, .pathTooLong, .notListening: .configuration
        case .system: .failed
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .addressInUse(.tcp(_, let port)):
            .text("Choose another port, or stop the process that has this one: ss -ltnp 'sport = :\(port)'")
        case .addressInUse(let address):
            .text("Choose another path, or stop the process that has this one: ss -lxp src '\(address.text)'")
        case .notPermitted(.tcp):
            .text("Choose a port above 1023, or let the service manager open the socket")
        case .notPermitted(let address):
            .text("Let this user write to the folder of \(address.text), or choose a path in another folder")
        case .notOurs: .text("Choose 127.0.0.1, ::1, or an address that this machine has: ip address")
        case .notASocket: .text("Choose another path, or remove that file")
        case .noFolder: .text("Make that folder, or let the service manager do it: RuntimeDirectory=")
        case .pathTooLong: .text("Choose a shorter path, such as one in /run")
        case .notListening: .text("Let the service manager open a stream socket: ListenStream= in the socket unit")
        case .system: nil
        }
    }
}
