/// The order of texts by their code points, which is that of their UTF-8 bytes.
package enum CodePointOrder {
    /// The collation by that name on a connection to a SQLite file in UTF-16, whose BINARY compares the bytes of UTF-16: an order
    /// of its own. A file in UTF-8 has no need of it, and its connections do not know it.
    package static let collation = "pnbook_code_points"
}
