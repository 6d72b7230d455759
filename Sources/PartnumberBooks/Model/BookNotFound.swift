package import Chronology
package import ErrorModel

/// No book is called by that name.
package struct BookNotFound: Diagnosable {
    package let name: String
    package let place: String
    /// The book that had that name, where the program made it and it is gone.
    package let removed: Removed?

    /// A book that was removed.
    package struct Removed: Hashable, Sendable {
        package let version: String
        package let at: Instant

        package init(version: String, at: Instant) {
            self.version = version
            self.at = at
        }
    }

    package init(name: String, place: String, removed: Removed? = nil) {
        self.name = name
        self.place = place
        self.removed = removed
    }

    package var text: DisplayText {
        switch BookWord(rawValue: name) {
        case .active?: return "\(place): there is no active book yet"
        case .previous?: return "\(place): there is no previous book: none exists beside the active one"
        case .newest?: return "\(place): there are no books yet"
        case nil: break
        }
        guard let removed else { return "\(place): there is no book '\(name)'" }
        return "\(place): there is no book '\(name)' any more: \(removed.version) was removed at \(removed.at)"
    }

    package var category: ErrorCategory { .failed }

    package var remedy: Remedy? {
        switch BookWord(rawValue: name) {
        case .active?, .newest?: .createBook()
        case .previous?, nil: .chooseBook
        }
    }
}
