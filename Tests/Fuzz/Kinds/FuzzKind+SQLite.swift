/// Files that call themselves a SQLite database: bytes of a good one are changed, and a verb looks at it.
///
/// An input says which verb, and then what is changed: three bytes for a place, and one that is there afterwards.
extension FuzzKind {
    static let sqlite = FuzzKind("sqlite") { input in
        guard let first = input.bytes.first else { return }
        var bytes = ShelfFile.template
        for start in stride(from: 1, to: input.bytes.count - 3, by: 4) {
            let place = input.bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            bytes[place % bytes.count] = input.bytes[start + 3]
        }
        ShelfFile.look(at: bytes, verb: ShelfFile.verbs[Int(first) % ShelfFile.verbs.count])
    }
}
