/// What a book's items amount to, read from the table.
package struct BookSummary: Sendable, Hashable {
    package var items = 0
    package var partnumbers = 0
    package var digest = ""
}
