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
/// Terms:
/// - part number партномер, LOT stays LOT, mapping сопоставление, vendor вендор, bundle комплект, catalogue каталог, ignore rule
///   правило игнорирования, pattern шаблон, conflict расхождение
/// - book книга, item позиция, version версия, active активная, previous предыдущая, pinned закреплена, digest контрольная сумма,
///   publish опубликовать, left out исключено
/// - run запуск, dry run пробный запуск, task задание, heartbeat сигнал активности, presumed dead считается погибшим, refused
///   отклонено, guard защитная проверка
/// - retention хранение, retention policy политика хранения, tier уровень, remove удалить
/// - migration миграция, half applied применена не полностью, schema схема, view представление, engine движок, statement запрос,
///   right право, account учетная запись
/// - server сервер, primary server основной сервер, replica реплика, cluster кластер, node узел, session сессия, connection
///   соединение, transaction транзакция, snapshot снимок, lock блокировка, to commit зафиксировать, to undo откатить
/// - certificate сертификат, fingerprint отпечаток, client library клиентская библиотека, option file файл опций, configuration
///   конфигурация
/// - journal журнал, write-ahead log журнал упреждающей записи (WAL), file system файловая система, folder директория (каталог is
///   the catalogue), pipe канал, time zone часовой пояс
///
/// Commands, flags, settings, tables, columns, statements and placeholders stay as they are. There is no «ё».
enum RussianTexts {
    static let all = [
        remedies, bookRules, bookData, bookStorage, bookJobs, bookChecks, exports, catalogue, migrations, tasks,
        database, servers, doctor, service, files, configuration, operations, mariadb, limits, tls, login, sqlite, wire,
        session, words, terms, results, reports, taskReports, commands,
    ]

    /// After 1, after 2, after 5.
    static let nouns: [String: [String]] = [
        "book": ["книга", "книги", "книг"],
        "bundle": ["комплект", "комплекта", "комплектов"],
        "byte": ["байт", "байта", "байт"],
        "day": ["день", "дня", "дней"],
        "hour": ["час", "часа", "часов"],
        "ignore rule": ["правило игнорирования", "правила игнорирования", "правил игнорирования"],
        "item": ["позиция", "позиции", "позиций"],
        "LOT": ["LOT", "LOT", "LOT"],
        "mapping": ["сопоставление", "сопоставления", "сопоставлений"],
        "migration": ["миграция", "миграции", "миграций"],
        "node": ["узел", "узла", "узлов"],
        "note": ["замечание", "замечания", "замечаний"],
        "part number": ["партномер", "партномера", "партномеров"],
        "pattern": ["шаблон", "шаблона", "шаблонов"],
        "promise": ["гарантия", "гарантии", "гарантий"],
        "row": ["строка", "строки", "строк"],
        "server variable": ["переменная сервера", "переменные сервера", "переменных сервера"],
        "spelling": ["написание", "написания", "написаний"],
        "table": ["таблица", "таблицы", "таблиц"],
        "task": ["задание", "задания", "заданий"],
        "thing": ["проблема", "проблемы", "проблем"],
        "write set": ["набор записей", "набора записей", "наборов записей"],
        "warning": ["предупреждение", "предупреждения", "предупреждений"],
        "year": ["год", "года", "лет"],
    ]
}
