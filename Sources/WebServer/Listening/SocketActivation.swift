import Glibc

/// The sockets that a service manager hands over to the process that it starts.
package enum SocketActivation {
    /// The first descriptor that is handed over.
    private static let first: Int32 = 3

    /// The descriptors of the sockets meant for this process, in order; empty where none are.
    ///
    /// - Parameters:
    ///   - environment: `LISTEN_PID` names the process, `LISTEN_FDS` says how many there are.
    ///   - process: this process's number.
    package static func descriptors(environment: [String: String], process: Int32) -> [Int32] {
        guard let pid = environment["LISTEN_PID"].flatMap({ Int32($0) }), pid == process,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...64).contains(count)
        else { return [] }
        return Array(first..<first + count)
    }
}
