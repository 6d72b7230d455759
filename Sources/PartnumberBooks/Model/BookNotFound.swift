package import ErrorModel

/// No book is called by that name.
package struct BookNotFound: Diagnosable {
    package let name: String
    package let place: String

    package var text: DisplayText {
        name == "active"
            ? "\(place): there is no active book yet" : "\(place): there is no book '\(name)'"
    }

    package var category: ErrorCategory { .failed }
    package var remedy: Remedy? { name == "active" ? .createBook() : .chooseBook }
}
