/// A column of a bulk insert with one value for all rows.
package struct FixedColumn: Sendable {
    package let name: String
    package let value: Int64
    /// The table in which the value is the key of a row that the open transaction has inserted itself, so that it
    /// need not be looked up; nil where that is not known.
    package let referencedTable: String?

    package init(_ name: String, _ value: Int64, referencedTable: String? = nil) {
        self.name = name
        self.value = value
        self.referencedTable = referencedTable
    }
}
