/// What a misspelt word of a command line was meant to be.
struct Suggestion {
    private let root: HelpDump.Command

    init(_ root: HelpDump.Command) {
        self.root = root
    }

    /// The message for a command line that has a word in a verb's place which is not one; nil where nothing is like it.
    ///
    /// - Parameter words: without the program's name.
    func message(forVerbIn words: [String]) -> String? {
        let walk = CommandLineWalk(root, words)
        guard let word = walk.unknownVerb else { return nil }
        let verbs = walk.verbsHere.map(\.commandName)
        var near = Self.nearest(to: word, among: verbs)
        if near.isEmpty {
            // A verb of a verb: `watch` for `task watch`.
            near = root.leaves.map(\.path).filter { $0.count > 1 && $0.last == word }.map { $0.joined(separator: " ") }
        }
        guard !near.isEmpty else { return nil }
        return "Unexpected argument '\(word)'. Did you mean \(Self.quoted(near))?"
    }

    /// The end of a message about an option's value that is not among those it takes; nil where nothing is like it.
    func addition(forValueIn words: [String]) -> String? {
        let walk = CommandLineWalk(root, words)
        for case (let name, let value?) in walk.given {
            guard let values = walk.option(name)?.allValues, !values.isEmpty, !values.contains(value) else { continue }
            let near = Self.nearest(to: value, among: values)
            return near.isEmpty ? nil : " Did you mean \(Self.quoted(near))?"
        }
        return nil
    }

    private static func quoted(_ words: [String]) -> String {
        words.prefix(3).map { "'\($0)'" }.joined(separator: " or ")
    }

    /// Those with the fewest typing errors, if they are few for such a word; else those that begin or end with it.
    static func nearest(to word: String, among candidates: [String]) -> [String] {
        let distances = candidates.map { ($0, distance(word.lowercased(), $0.lowercased())) }
        if let least = distances.map(\.1).min(), least <= (word.count < 4 ? 1 : word.count < 7 ? 2 : 3) {
            return distances.filter { $0.1 == least }.map(\.0)
        }
        return word.count < 2 ? [] : candidates.filter { $0.hasPrefix(word) || $0.hasSuffix(word) }
    }

    /// How many letters must be put in, left out, replaced or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        // A long argument is no misspelt word.
        if max(left.count, right.count) > 40 { return .max }
        var rows = [Array(0...right.count)]
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
