package import ErrorModel

/// An environment variable or a file that makes no sense.
package struct ConfigurationError: Diagnosable {
    package let text: DisplayText
    package let remedy: Remedy?

    package init(_ text: DisplayText, remedy: Remedy? = nil) {
        self.text = text
        self.remedy = remedy
    }

    package var category: ErrorCategory { .configuration }
}
