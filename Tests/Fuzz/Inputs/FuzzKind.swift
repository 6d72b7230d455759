/// A kind of input that the program reads from others, and what must be true of each.
struct FuzzKind: Sendable {
    /// As the command line and the folder of its corpus are called.
    let name: String
    /// Reports a ``Finding`` where something is not as it must be; what it throws is one, too.
    let check: @Sendable (FuzzInput) throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (FuzzInput) throws -> Void) {
        self.name = name
        self.check = check
    }

    /// All there are.
    static let all = [
        csv, configuration, url, optionFile, glob, instant, zone, script, json, retentionList, text, number, escaping,
        items, sqlite, wire, grants,
    ]
}
