/// What a table takes and how it compares texts.
package struct TableReport: Sendable, Hashable {
    package var name: String
    /// With its indexes, as the engine estimates it; nil where it does not say.
    package var bytes: Int?
    /// Of each text column, by its name.
    package var collations: [String: String]

    package init(name: String, bytes: Int?, collations: [String: String]) {
        self.name = name
        self.bytes = bytes
        self.collations = collations
    }
}
