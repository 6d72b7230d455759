/// Which node of a ``GlobTrie`` comes after which, by the first symbol.
///
/// An open hash table: it is looked up several times for each character of a key, and `Dictionary`, whose hash must
/// withstand an attacker, takes five times as long. Here the keys are numbers that we assigned ourselves.
struct TrieEdgeTable {
    private struct Edge {
        var parent: UInt32 = 0
        var symbol: GlobAlphabet.Symbol = 0
        /// Zero in an empty slot: nothing leads to the root.
        var child: UInt32 = 0
    }

    private var slots: [Edge]
    private var count = 0
    /// The slots are a power of two; this leaves as many of a hash's upper bits.
    private var shift: UInt64

    init() {
        slots = Array(repeating: Edge(), count: 64)
        shift = 64 - 6
    }

    subscript(parent: UInt32, symbol: GlobAlphabet.Symbol) -> UInt32? {
        get {
            let edge = slots[slot(of: parent, symbol)]
            return edge.child == 0 ? nil : edge.child
        }
        set {
            guard let child = newValue else { preconditionFailure("an edge is never taken away") }
            if count * 2 >= slots.count { grow() }
            let slot = slot(of: parent, symbol)
            if slots[slot].child == 0 { count += 1 }
            slots[slot] = Edge(parent: parent, symbol: symbol, child: child)
        }
    }

    /// Where the edge is, or would be.
    private func slot(of parent: UInt32, _ symbol: GlobAlphabet.Symbol) -> Int {
        let hash = (UInt64(parent) << 32 | UInt64(symbol)) &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(hash >> shift)
        while slots[slot].child != 0, slots[slot].parent != parent || slots[slot].symbol != symbol {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Edge(), count: old.count * 2)
        shift -= 1
        for edge in old where edge.child != 0 { slots[slot(of: edge.parent, edge.symbol)] = edge }
    }
}
