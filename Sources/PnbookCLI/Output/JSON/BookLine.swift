import Chronology
import PartnumberBooks

/// A book in a list.
struct BookLine: Encodable {
    let id: Int64
    let version: String
    let createdAt: Instant
    let createdBy: String
    let isActive: Bool
    let items: Int

    init(_ header: BookHeader, items: Int) {
        id = header.id
        version = header.version
        createdAt = header.createdAt
        createdBy = header.createdBy
        isActive = header.isActive
        self.items = items
    }
}
