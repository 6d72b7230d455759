/// Which literals of the sources are for people, and which of them have no translation on purpose.
enum UntranslatedTexts {
    /// Whether a text reads like a sentence or a part of one: two words of small letters, one after the other.
    static func isProse(_ template: String) -> Bool {
        template.contains(/[a-z]{2,},? [a-z]{2,}/) && !isStatement(template)
    }

    /// SQL, which has no language.
    private static func isStatement(_ template: String) -> Bool {
        template.contains(/^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|SHOW|SET|DROP|WITH|PRAGMA|START|GRANT|LOCK|EXPLAIN|ANALYZE)\b/)
    }

    static func contains(_ template: String) -> Bool { false }
}
