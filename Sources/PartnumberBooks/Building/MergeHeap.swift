/// The readers of a spill file's runs as a binary heap, the one with the smallest record first.
struct MergeHeap {
    private var readers: [RunReader]

    init(_ readers: [RunReader]) {
        // A sorted array is a heap.
        self.readers = readers.sorted { ItemRecord.precedes($0.current, $1.current) }
    }

    var first: RunReader? { readers.first }

    mutating func removeFirst() {
        readers.swapAt(0, readers.count - 1)
        readers.removeLast()
        siftDown()
    }

    /// Lets the first reader, whose record has changed, sink to its place.
    mutating func siftDown() {
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < readers.count {
                if ItemRecord.precedes(readers[child].current, readers[smallest].current) { smallest = child }
            }
            if smallest == parent { return }
            readers.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
