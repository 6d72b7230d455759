@testable import DatabaseMariaDB

/// What a server says of an account's rights: lines of SHOW GRANTS, and patterns of schemas against a second matcher.
///
/// Every line is read as a grant; the first is a pattern as well, and the others are names.
extension FuzzKind {
    static let grants = FuzzKind("grants") { input in
        let lines = input.textLines(atMost: 16)
        for line in lines {
            guard let grant = HeldGrants.line(line) else { continue }
            Finding.unless(!grant.rights.isEmpty, "a grant of nothing: \(line)")
        }
        let pattern = Array(lines[0].unicodeScalars)
        for name in lines.dropFirst() {
            var known: [Int: Bool] = [:]
            let scalars = Array(name.unicodeScalars.prefix(100))
            let short = String(String.UnicodeScalarView(scalars))
            Finding.unlessSame(
                HeldGrants.matches(lines[0], short), fits(pattern[...], scalars[...], &known),
                "'\(short)' and the pattern")
        }
        _ = HeldGrants.literalStart(of: lines[0])
    }

    /// - Parameter known: answers so far, by what is left of both.
    private static func fits(
        _ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>, _ known: inout [Int: Bool]
    ) -> Bool {
        let key = pattern.count << 16 | name.count
        if let answer = known[key] { return answer }
        let answer: Bool
        switch pattern.first {
        case nil: answer = name.isEmpty
        case "%":
            answer =
                fits(pattern.dropFirst(), name, &known) || !name.isEmpty && fits(pattern, name.dropFirst(), &known)
        case "_": answer = !name.isEmpty && fits(pattern.dropFirst(), name.dropFirst(), &known)
        case "\\" where pattern.count > 1:
            let rest = pattern.dropFirst()
            answer = rest.first == name.first && fits(rest.dropFirst(), name.dropFirst(), &known)
        case let scalar: answer = scalar == name.first && fits(pattern.dropFirst(), name.dropFirst(), &known)
        }
        known[key] = answer
        return answer
    }
}
