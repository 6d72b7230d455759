package import ErrorModel

/// An environment variable or a file that makes no sense.
package struct ConfigurationError: Diagnosable {
    package let description: String
    package let remedy: Remedy?

    package init(description: String, remedy: Remedy? = nil) {
        self.description = description
        self.remedy = remedy
    }

    package var category: ErrorCategory { .configuration }
}
