/// How items are written as text.
package protocol ItemEncoder: Sendable {
    /// What comes before the first item.
    var head: [UInt8] { get }

    /// Appends one item with its line end.
    func append(_ item: BookItem, to buffer: inout [UInt8])
}
