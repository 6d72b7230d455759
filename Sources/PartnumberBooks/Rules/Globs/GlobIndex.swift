/// All globs of the ignore rules, matched at once: a key costs the same for one as for ten thousand.
///
/// Used by one thread: the matcher's memory is kept from key to key.
struct GlobIndex {
    private var alphabet = GlobAlphabet()
    private var trie = GlobTrie()
    private let memory = Memory()

    private final class Memory {
        var text: [GlobAlphabet.Symbol] = []
        var walk = GlobMatcher()
    }

    /// Distinct globs.
    var count: Int { trie.count }
    var isEmpty: Bool { count == 0 }

    mutating func insert(_ glob: Glob) {
        trie.insert(alphabet.symbols(of: glob))
    }

    /// Whether any glob matches the whole key.
    func matches(_ key: NormalizedKey) -> Bool {
        alphabet.read(key, into: &memory.text)
        return memory.walk.matches(memory.text, in: trie)
    }
}
