package import Database
import ErrorModel

/// The meaning of a flag of a source table (<doc:BookRules#Flag>), in whatever type another program keeps it.
///
/// The one place that decides it, for every flag, on both engines.
package enum SourceFlag {
    /// A number is true unless it is zero. A text is true or false by a few words in any ASCII case, the empty one being false.
    ///
    /// - Parameter null: what NULL means.
    /// - Returns: nil for any other text, and for bytes that are not text.
    package static func value(of cell: Cell, null: Bool) -> Bool? {
        switch cell.kind {
        case .null: null
        case .integer: cell.integer != 0
        case .real: cell.real != 0
        case .decimal: cell.utf8.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
        case .text: value(of: cell.utf8)
        case .blob: nil
        }
    }

    private static func value(of text: UnsafeRawBufferPointer) -> Bool? {
        // The longest word has five letters.
        guard text.count <= 5 else { return nil }
        let word = String(decoding: text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        return switch word {
        case "1", "true", "t", "yes", "y", "on": true
        case "", "0", "false", "f", "no", "n", "off": false
        default: nil
        }
    }

    /// What is accepted, for messages.
    static let accepted: DisplayText =
        "A flag is a number (0 is false, any other is true) or one of the words 1, true, t, yes, y, on and 0, false, f, no, n, "
        + "off, or empty"
}
