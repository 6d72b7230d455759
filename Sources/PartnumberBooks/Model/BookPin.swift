package import Chronology
package import ErrorModel

/// A user's word that a book is kept for good.
package struct BookPin: Hashable, Sendable {
    package let bookID: Int64
    /// The version of the book when it was pinned.
    package let version: String
    /// Why, as it was typed; 1 to 200 characters.
    package let note: String
    /// Who: `manual:ann`.
    package let by: String
    package let at: Instant

    /// The most characters of a note.
    package static let noteLength = 200

    /// - Throws: ``PinRefusal`` for a note that cannot be stored, or that says nothing.
    package static func check(note: String) throws(PinRefusal) {
        if note.trimmed.isEmpty { throw .emptyNote }
        let length = note.unicodeScalars.count
        if length > noteLength { throw .longNote(length) }
    }
}

/// Why a book was not pinned. Nothing was changed.
package enum PinRefusal: Diagnosable, Hashable {
    case emptyNote
    case longNote(Int)
    /// The table of pins is still to be made.
    case noTable

    package var text: DisplayText {
        switch self {
        case .emptyNote: "the note is empty; nothing was changed"
        case .longNote(let length):
            "the note has \(length) characters, and \(BookPin.noteLength) can be stored; nothing was changed"
        case .noTable: "the table \(BookPins.table) does not exist yet; nothing was changed"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .emptyNote, .longNote: .usage
        case .noTable: .migrationsPending
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .emptyNote: .text("Say in the note why the book is kept, for those who find it in years")
        case .longNote: .text("Give a shorter note")
        case .noTable: .applyMigrations
        }
    }
}
