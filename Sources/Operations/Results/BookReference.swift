package import PartnumberBooks

/// A book by its names, in JSON.
package struct BookReference: Encodable, Sendable {
    package let id: Int64
    package let version: String

    package init(_ book: BookHeader) {
        id = book.id
        version = book.version
    }
}
