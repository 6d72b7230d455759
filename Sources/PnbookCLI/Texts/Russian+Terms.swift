extension RussianTexts {
    /// The program's own words that are kept as data: states, phases, topics of `doctor`.
    static let terms = """
        pending
        ожидает

        running
        выполняется

        completed
        выполнено

        completed_with_warnings
        выполнено с предупреждениями

        failed
        ошибка

        cancelled
        отменено

        done
        готово

        warnings
        предупреждения

        at {1} %
        {1} %

        applied
        применена

        adopted
        принята как есть

        present
        на месте

        absent
        отсутствует

        different
        отличается

        half applied
        применена не полностью

        reading the catalogue
        чтение каталога

        writing the book
        запись книги

        comparing with the active book
        сравнение с активной книгой

        comparing with the book before
        сравнение с прежней книгой

        committing
        фиксация

        retaining
        удаление старых книг

        removing
        удаление

        checking the book
        проверка книги

        starting over
        начало заново

        migrating
        применение миграций

        default
        по умолчанию

        systemd credential
        учетные данные systemd

        the configuration file
        файл конфигурации

        the token file
        файл токена

        the database
        база

        rows
        строк

        {1} s left
        осталось {1} с

        {1} min left
        осталось {1} мин

        configuration
        конфигурация

        monitor
        монитор

        metrics
        метрики

        rights
        права

        server
        сервер

        reachable
        доступность

        account
        учетная запись

        connections
        соединения

        writable
        запись

        cluster
        кластер

        clock
        часы

        collations
        правила сортировки

        schema
        схема

        readers
        читатели

        books
        книги

        pins
        закрепления

        retention
        хранение

        future books
        книги из будущего

        room
        место

        temporary files
        временные файлы

        tasks
        задания

        last run
        последний запуск

        active book
        активная книга

        headers
        заголовки

        ids
        id

        headers have items
        позиции у заголовков

        items have headers
        заголовки у позиций

        reader
        читатель

        encoding
        кодировка

        names
        имена

        lengths
        длины

        flags
        признаки

        descriptions
        описания

        duplicates
        повторы

        record
        запись

        catalogue
        каталог

        interrupted (Ctrl-C)
        прервано (Ctrl-C)

        asked to end (SIGTERM)
        получен SIGTERM

        the terminal was closed (SIGHUP)
        терминал закрыт (SIGHUP)
        """
}
