/// What a row's bundle consists of.
package struct ExplainedBundle: Sendable {
    package let outline: [BundleLine]
    /// How many LOTs it comes to; nil where it is part of a cycle.
    package let lots: Int?
    package let losesQuantity: Bool
}
