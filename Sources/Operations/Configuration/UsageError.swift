package import ErrorModel

/// A value given for this run alone makes no sense.
package struct UsageError: Diagnosable {
    package let text: DisplayText
    package let remedy: Remedy?

    package init(_ text: DisplayText, remedy: Remedy? = nil) {
        self.text = text
        self.remedy = remedy
    }

    package var category: ErrorCategory { .usage }
}
