package import ErrorModel

/// A list of books that cannot be used; the message has the position.
package struct RetentionListError: Diagnosable {
    package let text: DisplayText

    package var category: ErrorCategory { .badData }
    package var remedy: Remedy? { nil }
}
