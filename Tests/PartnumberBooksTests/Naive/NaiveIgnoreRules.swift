import Harness

/// <doc:BookRules#Rule-4-ignored-part-numbers> word for word: every rule is held against the key, one after another.
struct NaiveIgnoreRules {
    private var literals: [String] = []
    private var globs: [String] = []

    var count: Int {
        NaiveText.distinctKeys(literals).count + Set(globs.map { Array($0) }).count
    }

    mutating func insert(_ partnumber: String, isPattern: Bool) {
        if NaiveText.isBlank(partnumber) { return }
        if isPattern {
            globs.append(NaiveText.key(partnumber))
        } else {
            literals.append(NaiveText.key(partnumber))
        }
    }

    func matches(_ partnumber: String) -> Bool {
        let key = NaiveText.key(partnumber)
        return literals.contains(key) || globs.contains { NaiveGlob(key: $0).matches(key) }
    }
}
