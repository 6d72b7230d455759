package import ErrorModel

/// A text as a test looks at it: in English.
extension DisplayText {
    package func contains(_ part: some StringProtocol) -> Bool { string.contains(part) }

    package func hasPrefix(_ start: String) -> Bool { string.hasPrefix(start) }

    package func hasSuffix(_ end: String) -> Bool { string.hasSuffix(end) }
}
