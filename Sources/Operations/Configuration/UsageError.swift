package import ErrorModel

/// A value given for this run alone makes no sense.
package struct UsageError: Diagnosable {
    package let description: String
    package let remedy: Remedy?

    package init(description: String, remedy: Remedy? = nil) {
        self.description = description
        self.remedy = remedy
    }

    package var category: ErrorCategory { .usage }
}
