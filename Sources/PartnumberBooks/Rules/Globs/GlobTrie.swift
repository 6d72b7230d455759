/// Globs as a tree in which those that begin alike share their beginning.
///
/// A node is a stretch of symbols that all globs below it go through; it is cut in two where a new glob leaves it half
/// way. So there are at most two nodes for each glob, and a symbol is held once for all that share it.
struct GlobTrie {
    typealias Symbol = GlobAlphabet.Symbol

    struct Node {
        /// Its symbols are those of the pool from here…
        var start: UInt32
        /// …to before here.
        var end: UInt32
        /// A glob ends where this node ends.
        var isEnd = false
        /// The set of the characters without which no key gets through.
        var needed: UInt64
        /// The set of the children's first symbols. Spares most questions to the table.
        var children: UInt64 = 0
    }

    static let root: UInt32 = 0

    private(set) var pool: [Symbol] = []
    private(set) var nodes = [Node(start: 0, end: 0, needed: 0)]
    private var edges = TrieEdgeTable()
    /// Distinct globs.
    private(set) var count = 0

    /// The child of a node whose first symbol is `symbol`.
    func child(of node: UInt32, by symbol: Symbol) -> UInt32? {
        nodes[Int(node)].children & GlobAlphabet.bit(symbol) == 0 ? nil : edges[node, symbol]
    }

    /// Inserts a glob; the same one again changes nothing.
    mutating func insert(_ glob: [Symbol]) {
        var rest = glob[...]
        var node = Self.root
        while let first = rest.first {
            guard let child = child(of: node, by: first) else {
                node = append(rest, to: node)
                break
            }
            let shared = self.shared(child, rest)
            rest = rest.dropFirst(shared)
            node = shared == length(of: child) ? child : cut(child, of: node, after: shared)
        }
        if !nodes[Int(node)].isEnd { count += 1 }
        nodes[Int(node)].isEnd = true
    }

    private func length(of node: UInt32) -> Int {
        Int(nodes[Int(node)].end - nodes[Int(node)].start)
    }

    /// How many symbols a node and a glob's rest begin with in common.
    private func shared(_ node: UInt32, _ rest: ArraySlice<Symbol>) -> Int {
        let symbols = pool[Int(nodes[Int(node)].start)..<Int(nodes[Int(node)].end)]
        return zip(symbols, rest).prefix { $0 == $1 }.count
    }

    private mutating func append(_ symbols: ArraySlice<Symbol>, to parent: UInt32) -> UInt32 {
        let start = UInt32(pool.count)
        pool.append(contentsOf: symbols)
        return add(start, UInt32(pool.count), to: parent)
    }

    /// Gives the first symbols of a node to a new node above it. The lower part keeps its number, and so its children.
    private mutating func cut(_ node: UInt32, of parent: UInt32, after length: Int) -> UInt32 {
        let start = nodes[Int(node)].start
        let middle = start + UInt32(length)
        let upper = add(start, middle, to: parent)
        nodes[Int(node)].start = middle
        nodes[Int(node)].needed = GlobAlphabet.bits(pool[Int(middle)..<Int(nodes[Int(node)].end)])
        connect(upper, to: node)
        return upper
    }

    private mutating func add(_ start: UInt32, _ end: UInt32, to parent: UInt32) -> UInt32 {
        let node = UInt32(nodes.count)
        let needed = GlobAlphabet.bits(pool[Int(start)..<Int(end)])
        nodes.append(Node(start: start, end: end, needed: needed))
        connect(parent, to: node)
        return node
    }

    private mutating func connect(_ parent: UInt32, to child: UInt32) {
        let first = pool[Int(nodes[Int(child)].start)]
        edges[parent, first] = child
        nodes[Int(parent)].children |= GlobAlphabet.bit(first)
    }
}
