/// A book by its names, also of one that is gone.
package struct BookName: Sendable, Hashable, Codable {
    package let id: Int64
    package let version: String

    package init(id: Int64, version: String) {
        self.id = id
        self.version = version
    }

    init(_ book: BookHeader) {
        self.init(id: book.id, version: book.version)
    }
}
