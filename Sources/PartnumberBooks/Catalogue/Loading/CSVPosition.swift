/// A place in a text file, both from 1.
package struct CSVPosition: Hashable, Sendable {
    package var line: Int
    /// In characters (code points).
    package var column: Int
}
