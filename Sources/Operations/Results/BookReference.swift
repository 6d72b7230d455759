package import PartnumberBooks

/// A book by its names, in JSON.
package struct BookReference: Encodable, Sendable {
    let id: Int64
    package let version: String

    package init(_ name: BookName) {
        id = name.id
        version = name.version
    }

    /// - Parameter book: the header that has both.
    package init(_ book: BookHeader) {
        id = book.id
        version = book.version
    }
}
