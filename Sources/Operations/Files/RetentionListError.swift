package import ErrorModel

/// A list of books that cannot be used; the message has the position.
package struct RetentionListError: Diagnosable {
    package let description: String

    package var category: ErrorCategory { .badData }
    package var remedy: Remedy? { nil }
}
