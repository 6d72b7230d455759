/// Something that had to happen did not happen in time.
package struct TookTooLong: Error, CustomStringConvertible {
    /// What did not become true.
    package let what: String

    package init(what: String) {
        self.what = what
    }

    package var description: String { "it never came true that \(what)" }
}
