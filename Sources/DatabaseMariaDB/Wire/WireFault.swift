/// Why what a server sends is not taken any further.
enum WireFault: Error, Hashable {
    /// It is not what the protocol says.
    ///
    /// - Parameter what: a phrase: "a row that ends within a value".
    case malformed(String)
    /// More than an answer of its kind ever has, in bytes.
    case tooMuch(limit: Int)
    /// One row or another packet that is larger than what we take, in bytes.
    case tooLarge(limit: Int)
    /// TLS was asked for, and the greeting offers none.
    case noTLS
}
