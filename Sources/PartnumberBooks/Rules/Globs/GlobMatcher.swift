/// Walks a key through all globs of a ``GlobTrie`` at once, one character after another.
///
/// Held are the places in the tree up to which some glob matches the key so far. A place has one way to it, and a run,
/// once reached, stays: so no place is held twice. What a key costs depends on the globs that it begins to match, and not
/// on how many there are; at the very worst each character is held against each symbol of the tree once.
struct GlobMatcher {
    typealias Symbol = GlobAlphabet.Symbol

    /// Before the symbol at `position` of the pool, in `node`, or at the end of that node.
    private struct Place {
        var node: UInt32
        var position: UInt32
    }

    /// The set of the key's characters.
    private var characters: UInt64 = 0
    /// Places for the character that is next.
    private var places: [Place] = []
    private var nextPlaces: [Place] = []
    /// Runs that have been reached: each may end before any character to come.
    private var runs: [Place] = []
    /// A bit for each position of the pool: whether `runs` has it.
    private var isReached: [UInt64] = []

    /// Whether any glob matches the whole text.
    mutating func matches(_ text: [Symbol], in trie: GlobTrie) -> Bool {
        begin(trie)
        characters = GlobAlphabet.bits(text)
        if arrive(Place(node: GlobTrie.root, position: 0), atEnd: text.isEmpty, in: trie) { return true }
        for index in text.indices {
            if nextPlaces.isEmpty && runs.isEmpty { return false }
            if step(text[index], isLast: index == text.count - 1, in: trie) { return true }
        }
        return false
    }

    private mutating func begin(_ trie: GlobTrie) {
        for run in runs { isReached[Int(run.position / 64)] = 0 }
        runs.removeAll(keepingCapacity: true)
        nextPlaces.removeAll(keepingCapacity: true)
        let words = trie.pool.count / 64 + 1
        if isReached.count < words { isReached.append(contentsOf: repeatElement(0, count: words - isReached.count)) }
    }

    /// Takes one character. Whether a glob is then known to match.
    private mutating func step(_ symbol: Symbol, isLast: Bool, in trie: GlobTrie) -> Bool {
        swap(&places, &nextPlaces)
        nextPlaces.removeAll(keepingCapacity: true)
        // What this character reaches is for the next one.
        let reached = runs.count
        for index in places.indices {
            if take(symbol, at: places[index], isLast, trie) { return true }
        }
        for index in 0..<reached {
            var place = runs[index]
            place.position += 1
            if take(symbol, at: place, isLast, trie) { return true }
        }
        return false
    }

    private mutating func take(_ symbol: Symbol, at place: Place, _ isLast: Bool, _ trie: GlobTrie) -> Bool {
        if place.position < trie.nodes[Int(place.node)].end {
            let wanted = trie.pool[Int(place.position)]
            guard wanted == symbol || wanted == GlobAlphabet.one else { return false }
            return arrive(Place(node: place.node, position: place.position + 1), atEnd: isLast, in: trie)
        }
        return enter(place.node, by: symbol, isLast, trie) || enter(place.node, by: GlobAlphabet.one, isLast, trie)
    }

    private mutating func enter(_ parent: UInt32, by first: Symbol, _ isLast: Bool, _ trie: GlobTrie) -> Bool {
        guard let child = child(of: parent, by: first, trie) else { return false }
        return arrive(Place(node: child, position: trie.nodes[Int(child)].start + 1), atEnd: isLast, in: trie)
    }

    /// The child of a node by its first symbol, unless it needs a character that the key has nowhere.
    private func child(of parent: UInt32, by first: Symbol, _ trie: GlobTrie) -> UInt32? {
        guard let child = trie.child(of: parent, by: first) else { return nil }
        return trie.nodes[Int(child)].needed & ~characters == 0 ? child : nil
    }

    /// Notes a place that has been reached, and those beyond it that need no character. Whether a glob matches: one that
    /// ends here where the text does, or one that ends with a run, whatever is still to come.
    private mutating func arrive(_ place: Place, atEnd: Bool, in trie: GlobTrie) -> Bool {
        var place = place
        var isAfterRun = false
        while true {
            let node = trie.nodes[Int(place.node)]
            if place.position == node.end {
                if node.isEnd && (atEnd || isAfterRun) { return true }
                if !isAfterRun { nextPlaces.append(place) }
                guard let child = child(of: place.node, by: GlobAlphabet.run, trie) else { return false }
                place = Place(node: child, position: trie.nodes[Int(child)].start)
            } else if trie.pool[Int(place.position)] != GlobAlphabet.run {
                if !isAfterRun { nextPlaces.append(place) }
                return false
            }
            if isReached[Int(place.position / 64)] & (1 << UInt64(place.position % 64)) != 0 { return false }
            isReached[Int(place.position / 64)] |= 1 << UInt64(place.position % 64)
            runs.append(place)
            place.position += 1
            isAfterRun = true
        }
    }
}
