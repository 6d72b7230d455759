/// One item made from rows.
package struct ExplainedItem: Sendable {
    package let item: StoredItem
    /// Indices of the rows behind it, the one that began it first; the others were merged into it.
    package let rows: [Int]
    /// Index of the row whose description it has; nil where it has none.
    package let descriptionRow: Int?
}
