@testable import PartnumberBooks

extension Glob {
    /// Whether this glob matches a key, all rules but this one left out.
    func matches(_ key: [Character]) -> Bool {
        var index = GlobIndex()
        index.insert(self)
        var text = String(key)
        return index.matches(text.withUTF8 { NormalizedKey(trimmed: UnsafeRawBufferPointer($0)) })
    }
}
