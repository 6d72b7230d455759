package import ErrorModel

/// A header of another program's that cannot be read.
package struct UnreadableBook: Diagnosable, Hashable {
    /// As it is stored.
    package let id: String
    package let version: String
    package let flaw: Flaw

    package enum Flaw: Hashable, Sendable {
        /// It is not a whole number of at most 63 bits.
        case id
        /// It is not a date and time; as it is stored, or nil for NULL.
        case createdAt(String?)
    }

    package var text: DisplayText {
        let book: DisplayText =
            version.isEmpty ? "book \(Excerpt.bare(id))" : "book \(Excerpt.bare(id)) (\(Excerpt.bare(version)))"
        switch flaw {
        case .id:
            return
                "\(book) has an id that is not a whole number up to \(Int64.max), which is what clients hold"
        case .createdAt(let text):
            return "\(book) has a created_at that is not a date and time: \(Excerpt.quoted(text)). Accepted is "
                + "'2026-11-20 03:00:00.000', with or without a fraction and an offset from UTC such as +03:00, and no number"
        }
    }

    package var category: ErrorCategory { .badData }

    package var remedy: Remedy? {
        switch flaw {
        case .id: .text("Correct it in qt_partnumber_books and qt_partnumber_book_items")
        case .createdAt: .text("Correct it in qt_partnumber_books")
        }
    }
}
