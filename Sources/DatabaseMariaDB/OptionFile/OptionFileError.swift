package import ErrorModel

/// A MariaDB option file that is not taken: which line, and what to do. No value is repeated, since it may be the password.
package struct OptionFileError: Diagnosable, Equatable {
    /// With the file and the line.
    package let description: String
    package let remedy: Remedy?

    package init(description: String, remedy: Remedy?) {
        self.description = description
        self.remedy = remedy
    }

    package var category: ErrorCategory { .configuration }
}
