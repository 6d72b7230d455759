/// A pattern over keys: `*` is any run of characters, also none; `?` is exactly one (rule 4).
///
/// A character is what a reader takes for one (Swift's `Character`): keys compare by canonical equivalence, under which
/// code points cannot be counted. So a star that carries an accent is no star.
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
