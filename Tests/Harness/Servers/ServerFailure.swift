/// A private server does not come up.
package struct ServerFailure: Error, CustomStringConvertible {
    package let what: String
    /// The end of the server's log.
    package let said: String

    package var description: String { "\(what)\n\(said)" }
}
