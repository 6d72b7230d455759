/// All books, and those among them that cannot be read.
package struct BookListing: Sendable {
    /// Newest first.
    package let books: [BookHeader]
    package let unreadable: [UnreadableBook]
}
