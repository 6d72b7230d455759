package import PartnumberBooks

/// What `activate` did, in JSON: its task's result, and the document of `activate --json`.
package struct ActivationDocument: Encodable, Sendable {
    package let active: BookReference
    /// Null if there was nothing to do.
    @ExplicitNull package var items: Int?
    @ExplicitNull package var before: BookReference?

    package init(_ book: BookHeader, items: Int?, before: BookHeader?) {
        active = BookReference(book)
        self.items = items
        self.before = before.map(BookReference.init)
    }
}
