/// What two texts are compared by: trimmed, lower-cased, and equal where they are canonically equivalent
/// (<doc:BookRules#Key>).
///
/// Swift's `String` compares and hashes by canonical equivalence, and lower-cases by Unicode's full mapping without
/// regard to language. No database is ever asked to compare part numbers: each has rules of its own.
struct NormalizedKey: Hashable, Sendable {
    let text: String

    /// Of a text that is trimmed already.
    init(trimmed utf8: UnsafeRawBufferPointer) {
        text = String(decoding: utf8, as: UTF8.self).lowercased()
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { NormalizedKey(trimmed: Whitespace.trimmed(UnsafeRawBufferPointer($0))) }
    }

    var isEmpty: Bool { text.isEmpty }
}
