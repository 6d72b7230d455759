/// What the program recorded of a book when it made it.
package struct LedgerEntry: Sendable, Hashable {
    package let items: Int
    package let partnumbers: Int
    package let digest: String
    package let taskID: String
}
