/// A glob over keys: `*` is any run, also an empty one, `?` is exactly one Character, all else is itself.
///
/// A row of answers for each part of the pattern: whether the parts so far match the first n characters.
package struct NaiveGlob {
    private let pattern: [Character]

    package init(key: String) {
        pattern = Array(key)
    }

    package func matches(_ key: String) -> Bool {
        let text = Array(key)
        var fits = [true] + text.map { _ in false }
        for part in pattern {
            if part == "*" {
                for end in text.indices where fits[end] { fits[end + 1] = true }
            } else {
                fits = [false] + text.indices.map { fits[$0] && (part == "?" || part == text[$0]) }
            }
        }
        return fits[text.count]
    }
}
