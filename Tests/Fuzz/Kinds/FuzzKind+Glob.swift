import ErrorModel
import Harness

@testable import PartnumberBooks

/// Ignore rules, all at once and each alone, against a matcher that is written as simply as can be.
///
/// Lines `*…` and others that hold a wildcard are patterns; the others are part numbers, and every second of them is a rule as well.
extension FuzzKind {
    static let glob = FuzzKind("glob") { input in
        let lines = input.textLines(atMost: 64)
        let patterns = lines.filter { $0.contains("*") || $0.contains("?") }
        let partnumbers = lines.filter { !patterns.contains($0) }
        let literals = partnumbers.indices.filter { $0 % 2 == 1 }.map { partnumbers[$0] }

        var rules = IgnoreRules()
        for pattern in patterns { rules.insert(pattern, isPattern: true) }
        for literal in literals { rules.insert(literal, isPattern: false) }
        let globs = patterns.map(NaiveText.key).filter { !$0.isEmpty }.map(NaiveGlob.init(key:))
        let keys = literals.map(NaiveText.key).filter { !$0.isEmpty }
        for partnumber in lines {
            let trimmed = NaiveText.trimmed(partnumber)
            if trimmed.unicodeScalars.isEmpty { continue }
            let key = NaiveText.key(partnumber)
            let expected = keys.contains(key) || globs.contains { $0.matches(key) }
            var text = trimmed
            let isIgnored = text.withUTF8 { rules.matches(UnsafeRawBufferPointer($0)) }
            Finding.unlessSame(isIgnored, expected, "'\(partnumber)' with \(lines.count) lines")
            Finding.unlessSame(rules.hasLiteral(NormalizedKey(partnumber)), keys.contains(key), "as a literal")
            let matching = rules.patterns(matching: NormalizedKey(partnumber), atMost: .max)
            let those = patterns.filter { !NaiveText.key($0).isEmpty && NaiveGlob($0).matches(key) }
            Finding.unlessSame(matching.count, those.count, "the patterns of '\(partnumber)'")
        }
    }
}

extension NaiveGlob {
    fileprivate init(_ pattern: String) {
        self.init(key: NaiveText.key(pattern))
    }
}
