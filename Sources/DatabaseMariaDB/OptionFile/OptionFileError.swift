package import ErrorModel

/// A MariaDB option file that is not taken: which line, and what to do. No value is repeated, since it may be the password.
package struct OptionFileError: Diagnosable, Equatable {
    /// With the file and the line.
    package let text: DisplayText
    package let remedy: Remedy?

    package init(_ text: DisplayText, remedy: Remedy?) {
        self.text = text
        self.remedy = remedy
    }

    package var category: ErrorCategory { .configuration }
}
