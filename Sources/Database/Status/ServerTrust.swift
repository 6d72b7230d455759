/// How a client knows that an encrypted connection leads to the right server.
package enum ServerTrust: Sendable, Hashable {
    /// A CA has signed the certificate.
    ///
    /// - Parameters:
    ///   - ca: the file of the CA; nil for one that the system knows.
    ///   - host: whether the certificate had to be for the host's name as well.
    case certificate(ca: String?, host: Bool)
    /// No CA has signed the certificate, and the server has proved that it knows the account's password.
    case password
    /// The certificate has the fingerprint that the option file names.
    case fingerprint
    /// It does not know.
    ///
    /// - Parameter ownAddress: because the address is this machine's own, which the client library takes as it is; else
    ///   because the URL says so.
    case nothing(ownAddress: Bool)
}
