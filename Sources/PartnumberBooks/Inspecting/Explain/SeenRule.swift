/// A row of the seen table that ignores part numbers.
package struct SeenRule: Sendable, Hashable {
    /// Untrimmed.
    package let partnumber: String
    package let isPattern: Bool
}
