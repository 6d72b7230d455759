/// A pattern over keys (<doc:BookRules#Rule-4-ignored-part-numbers>): `*` is any run of characters, also an empty one; `?`
/// is exactly one.
///
/// A character is what a reader sees as one (Swift's `Character`): keys compare by canonical equivalence, under which code
/// points cannot be counted. So a star that carries an accent is not a star.
struct Glob {
    let parts: [Part]

    enum Part {
        case run
        case one
        case character(Character)
    }

    init(key: NormalizedKey) {
        parts = key.text.map { character in
            switch character {
            case "*": .run
            case "?": .one
            default: .character(character)
            }
        }
    }
}
