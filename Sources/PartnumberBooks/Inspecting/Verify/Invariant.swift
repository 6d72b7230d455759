/// What readers rely on (<doc:ReaderProtocol#Promises>), promise by promise.
package enum Invariant: String, Sendable, CaseIterable {
    // Of all books together.
    case activeBook = "active_book"
    case headers
    case ids
    case headersHaveItems = "headers_have_items"
    case itemsHaveHeaders = "items_have_headers"
    case pins
    // Of a reader's own server.
    case readerLag = "reader_lag"
    // Of a book.
    case encoding
    case names
    case lengths
    case flags
    case descriptions
    case duplicates
    case record
    // Of the active book, on request.
    case catalogue
}
