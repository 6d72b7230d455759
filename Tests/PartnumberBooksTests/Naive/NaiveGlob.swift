/// A glob over keys: `*` is any run, also an empty one, `?` is exactly one Character, all else is itself.
///
/// The recursion says what a glob means; it remembers its answers, or a name made of stars would take for ever.
struct NaiveGlob {
    private let pattern: [Character]

    init(key: String) {
        pattern = Array(key)
    }

    func matches(_ key: String) -> Bool {
        let text = Array(key)
        let unknown = [Bool?](repeating: nil, count: text.count + 1)
        var known = [[Bool?]](repeating: unknown, count: pattern.count + 1)
        return matches(text, from: 0, pattern: 0, &known)
    }

    private func matches(_ text: [Character], from start: Int, pattern at: Int, _ known: inout [[Bool?]]) -> Bool {
        if let answer = known[at][start] {
            return answer
        }
        let answer: Bool
        if at == pattern.count {
            answer = start == text.count
        } else if pattern[at] == "*" {
            let takesNothing = matches(text, from: start, pattern: at + 1, &known)
            answer = takesNothing || start < text.count && matches(text, from: start + 1, pattern: at, &known)
        } else if start == text.count {
            answer = false
        } else if pattern[at] == "?" || pattern[at] == text[start] {
            answer = matches(text, from: start + 1, pattern: at + 1, &known)
        } else {
            answer = false
        }
        known[at][start] = answer
        return answer
    }
}
