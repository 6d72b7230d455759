package import ErrorModel

/// What was asked for makes no sense: a value given for this run alone.
package struct UsageError: Diagnosable {
    package let description: String
    package let remedy: Remedy?

    package init(description: String, remedy: Remedy? = nil) {
        self.description = description
        self.remedy = remedy
    }

    package var category: ErrorCategory { .usage }
}
