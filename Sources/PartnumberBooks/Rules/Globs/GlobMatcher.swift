/// Walks a key through all globs of a ``GlobTrie`` at once, one character after another.
///
/// The active states are the trie positions matched by the prefix read so far. Each has one incoming path, and a `*` stays
/// active once reached, so no state is stored twice. What a key costs depends on the globs that it begins to match, and not
/// on how many there are; at the very worst each character is compared with each symbol of the trie once.
struct GlobMatcher {
    typealias Symbol = GlobAlphabet.Symbol

    /// Before the symbol at `position` of the pool, in `node`, or at the end of that node.
    private struct State {
        var node: UInt32
        var position: UInt32
    }

    /// The set of the key's characters.
    private var characters: UInt64 = 0
    /// States that wait for the next character.
    private var states: [State] = []
    private var nextStates: [State] = []
    /// Runs that have been reached: each may end before any character to come.
    private var runs: [State] = []
    /// A bit for each position of the pool: whether `runs` has it.
    private var isReached: [UInt64] = []

    /// Whether any glob matches the whole text.
    mutating func matches(_ text: [Symbol], in trie: GlobTrie) -> Bool {
        begin(trie)
        characters = GlobAlphabet.bits(text)
        if arrive(State(node: GlobTrie.root, position: 0), atEnd: text.isEmpty, in: trie) { return true }
        for index in text.indices {
            if nextStates.isEmpty && runs.isEmpty { return false }
            if step(text[index], isLast: index == text.count - 1, in: trie) { return true }
        }
        return false
    }

    private mutating func begin(_ trie: GlobTrie) {
        for run in runs { isReached[Int(run.position / 64)] = 0 }
        runs.removeAll(keepingCapacity: true)
        nextStates.removeAll(keepingCapacity: true)
        let words = trie.pool.count / 64 + 1
        if isReached.count < words { isReached.append(contentsOf: repeatElement(0, count: words - isReached.count)) }
    }

    /// Takes one character.
    ///
    /// - Returns: whether a glob is then known to match.
    private mutating func step(_ symbol: Symbol, isLast: Bool, in trie: GlobTrie) -> Bool {
        swap(&states, &nextStates)
        nextStates.removeAll(keepingCapacity: true)
        // What this character reaches is for the next one.
        let reached = runs.count
        for index in states.indices {
            if take(symbol, at: states[index], isLast, trie) { return true }
        }
        for index in 0..<reached {
            var state = runs[index]
            state.position += 1
            if take(symbol, at: state, isLast, trie) { return true }
        }
        return false
    }

    private mutating func take(_ symbol: Symbol, at state: State, _ isLast: Bool, _ trie: GlobTrie) -> Bool {
        if state.position < trie.nodes[Int(state.node)].end {
            let wanted = trie.pool[Int(state.position)]
            guard wanted == symbol || wanted == GlobAlphabet.one else { return false }
            return arrive(State(node: state.node, position: state.position + 1), atEnd: isLast, in: trie)
        }
        return enter(state.node, by: symbol, isLast, trie) || enter(state.node, by: GlobAlphabet.one, isLast, trie)
    }

    private mutating func enter(_ parent: UInt32, by first: Symbol, _ isLast: Bool, _ trie: GlobTrie) -> Bool {
        guard let child = child(of: parent, by: first, trie) else { return false }
        return arrive(State(node: child, position: trie.nodes[Int(child)].start + 1), atEnd: isLast, in: trie)
    }

    /// The child of a node by its first symbol, unless it needs a character that the key has nowhere.
    private func child(of parent: UInt32, by first: Symbol, _ trie: GlobTrie) -> UInt32? {
        guard let child = trie.child(of: parent, by: first) else { return nil }
        return trie.nodes[Int(child)].needed & ~characters == 0 ? child : nil
    }

    /// Adds a state that has been reached, and those after it that need no character.
    ///
    /// - Returns: whether a glob matches: one that ends here where the text does, or one that ends with a run, whatever
    ///   follows.
    private mutating func arrive(_ state: State, atEnd: Bool, in trie: GlobTrie) -> Bool {
        var state = state
        var isAfterRun = false
        while true {
            let node = trie.nodes[Int(state.node)]
            if state.position == node.end {
                if node.isEnd && (atEnd || isAfterRun) { return true }
                if !isAfterRun { nextStates.append(state) }
                guard let child = child(of: state.node, by: GlobAlphabet.run, trie) else { return false }
                state = State(node: child, position: trie.nodes[Int(child)].start)
            } else if trie.pool[Int(state.position)] != GlobAlphabet.run {
                if !isAfterRun { nextStates.append(state) }
                return false
            }
            if isReached[Int(state.position / 64)] & (1 << UInt64(state.position % 64)) != 0 { return false }
            isReached[Int(state.position / 64)] |= 1 << UInt64(state.position % 64)
            runs.append(state)
            state.position += 1
            isAfterRun = true
        }
    }
}
