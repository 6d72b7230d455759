package import PartnumberBooks

/// What `activate` did, in JSON: its task's result, and the document of `activate --json`.
package struct ActivationDocument: Encodable, Sendable {
    let active: BookReference
    /// Null if there was nothing to do.
    @ExplicitNull var items: Int?
    @ExplicitNull var before: BookReference?

    /// - Parameters:
    ///   - items: of the book; nil if it was active already.
    ///   - before: the book that was active; nil if there was none, or nothing was done.
    package init(_ book: BookHeader, items: Int?, before: BookHeader?) {
        active = BookReference(book)
        self.items = items
        self.before = before.map(BookReference.init)
    }
}
