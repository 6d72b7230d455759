import ErrorModel

extension Translation {
    /// Everything that the command line says to people, in Russian.
    static let russian = Translation(
        phrases: Dictionary(uniqueKeysWithValues: RussianTexts.all.flatMap(entries)),
        nouns: RussianTexts.nouns,
        form: russianForm)

    /// The pairs of a catalogue: a line in English, a line in Russian, an empty line.
    static func entries(of catalogue: String) -> [(String, String)] {
        catalogue.split(separator: "\n\n").map { entry in
            let lines = entry.split(separator: "\n", maxSplits: 1)
            return (String(lines[0]), String(lines.last ?? ""))
        }
    }

    /// 0 for 1, 21, 31 … (книга), 1 for 2 to 4, 22 to 24 … (книги), 2 for any other number (книг).
    private static func russianForm(of number: Int) -> Int {
        if (11...14).contains(number % 100) { return 2 }
        return switch number % 10 {
        case 1: 0
        case 2...4: 1
        default: 2
        }
    }
}

/// The catalogue of Russian texts, in files by where they are said.
///
/// Terms: part number is партномер, LOT stays LOT, bundle is комплект, book is книга (сопоставлений), item is позиция, run is
/// запуск, task is задание, retention is срок хранения, migration is миграция, schema is схема, snapshot is снимок, lock is
/// блокировка, heartbeat is сигнал жизни, journal is журнал.
enum RussianTexts {
    static let all: [String] = []

    /// After 1, after 2, after 5.
    static let nouns: [String: [String]] = [
        "book": ["книга", "книги", "книг"],
        "item": ["позиция", "позиции", "позиций"],
    ]
}
