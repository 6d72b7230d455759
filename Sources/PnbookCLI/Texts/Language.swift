import ErrorModel

/// The language of texts for people. What programs read, and what goes to a log, is English in any case.
enum Language: Sendable {
    case english
    case russian

    /// By the usual variables: `LC_ALL`, else `LC_MESSAGES`, else `LANG`, the first of them that is not empty; English for any
    /// language that there are no texts in. `LANGUAGE`, a list, goes before them where they name a language at all.
    init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let name = locale.map(Self.name) ?? ""
        guard !["", "c", "posix"].contains(name) else {
            self = .english
            return
        }
        let preferred = (environment["LANGUAGE"] ?? "").split(separator: ":").map { Self.name(String($0)) } + [name]
        self = preferred.lazy.compactMap(Self.known).first ?? .english
    }

    /// `ru` of `ru_RU.UTF-8`.
    private static func name(_ locale: String) -> String {
        locale.prefix { $0 != "_" && $0 != "." && $0 != "@" }.lowercased()
    }

    private static func known(_ name: String) -> Language? {
        switch name {
        case "en", "c": .english
        case "ru": .russian
        default: nil
        }
    }

    /// The texts in this language; nil for English, in which they are written.
    var translation: Translation? {
        switch self {
        case .english: nil
        case .russian: .russian
        }
    }
}
