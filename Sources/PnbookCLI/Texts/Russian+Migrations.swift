extension RussianTexts {
    /// What is said of migrations and of the schema that they need.
    static let migrations = """
        {1} is a view, and books are written to it
        {1} — представление, а в эту таблицу пишутся книги

        Put the table below it in its place: DROP VIEW `{1}`; RENAME TABLE ... TO `{2}`
        Поставьте на его место таблицу, из которой оно читает: DROP VIEW `{1}`; RENAME TABLE ... TO `{2}`

        {1} is a {2}, and needed is a table
        {1} — это {2}, а нужна таблица

        {1} is of the engine {2}, which knows no transactions
        у {1} движок {2}, а он не знает транзакций

        {1}.{2} is {3} NOT NULL without a default, and pnbook has nothing to write there
        {1}.{2} — {3} NOT NULL без значения по умолчанию, а pnbook туда писать нечего

        the trigger {1} on {2} may change a book as it is written
        триггер {1} на {2} может изменить книгу при записи

        a foreign key of {1} on {2} (ON DELETE {3}) would change its rows when an old book is removed
        внешний ключ {1} на {2} (ON DELETE {3}) изменил бы свои строки при удалении старой книги

        the unique key {1} ({2}) on {3} refuses rows that a book needs
        уникальный ключ {1} ({2}) в {3} не пропустит строки, нужные книге

        an expression
        выражение

        {1} is {2}{3}, and needed is {4}
        {1} — {2}{3}, а нужно: {4}

        {1} is computed from other columns, so nothing can be written
        {1} вычисляется из других столбцов, записать туда ничего нельзя

        {1} gives a new row no number by itself
        {1} сам не нумерует новые строки

        {1} is in the character set {2}, which cannot hold every character; needed is utf8mb4
        у {1} кодировка {2}, в которую помещаются не все символы; нужна utf8mb4

        {1} changes by itself when a row does (ON UPDATE): a book's date would be that of its removal
        {1} меняется сам вместе со строкой (ON UPDATE): датой книги стало бы время, когда ее сменила другая

        a whole number
        целое число

        a whole number, or a text such as Y and N
        целое число или текст вроде Y и N

        a whole number that the database counts on
        целое число с автоинкрементом

        a text of at least {1} characters
        текст не короче {1} {1:символа|символов|символов}

        a date and time with milliseconds
        дата и время с миллисекундами

        {1} that may be NULL
        {1}, допускается NULL

        {1} has no column {2}
        в {1} нет столбца {2}

        {1} (to fix it: {2})
        {1} (исправить: {2})

        the schema is beyond 028: {1} exists (migration 029 upstream), whose readers read another shape of book; this program must not write here
        схема новее 028: есть {1} (миграция 029 в PriceForge), и ее читатели ждут книг другого вида; этой программе сюда писать нельзя

        migrations are pending: {1}
        не применены миграции: {1}

        migration {1} is half applied: it was begun and not finished
        миграция {1} применена не полностью: начата и не доведена до конца

        migration {1} is recorded with another checksum than this program's: one of the two was edited
        миграция {1} записана с другой контрольной суммой, чем в этой программе: одну из двух правили

        pnbook_schema_history records migration {1} {2}, which this program does not know
        в pnbook_schema_history записана миграция {1} {2}, которой эта программа не знает

        pnbook_schema_history records migration {1} but not {2} before it; the history was edited by hand
        в pnbook_schema_history есть миграция {1}, но нет предшествующей {2}; историю правили вручную

        {1}. Nothing was changed
        {1}. Ничего не изменено

        {1}. It is never presumed done
        {1}. Выполненным это не считается

        the source table {1} does not exist. Is this the right schema?
        исходной таблицы {1} нет. Та ли это схема?

        the statement for {1} ran without an error, but {2} is not as needed afterwards
        команда для {1} выполнена без ошибки, но {2} после нее не такой, как нужно

        Use the program that belongs to that schema
        Возьмите программу, которая подходит к этой схеме

        Use the program version that applied it (pnbook_schema_history says when and who)
        Возьмите ту версию программы, которая ее применила (когда и кто, видно в pnbook_schema_history)

        Use a newer pnbook
        Возьмите более новый pnbook

        Restore the history from a backup
        Восстановите историю из резервной копии

        {1}. Migration {2} is half applied
        {1}. Миграция {2} применена не полностью

        {1}. Migration {2} was not begun: nothing of it was changed
        {1}. Миграция {2} не начиналась: ничего не изменено

        {1} has such long texts that a description of 10000 characters does not fit into a row of {2} bytes
        в {1} такие длинные тексты, что описание в 10000 символов не помещается в строку из {2} {2:байта|байт|байт}

        {1} is a view, to which no column can be added
        {1} — представление, добавить в него столбец нельзя

        Add the column to the table below it (is_primary_pn TINYINT(1) NOT NULL DEFAULT 1), then CREATE OR REPLACE VIEW `{1}` with that column
        Добавьте столбец в таблицу, из которой оно читает (is_primary_pn TINYINT(1) NOT NULL DEFAULT 1), затем CREATE OR REPLACE VIEW `{1}` с этим столбцом

        {1} is system-versioned, and the server changes no such table (system_versioning_alter_history={2})
        {1} — таблица с системным версионированием, и сервер не дает такие менять (system_versioning_alter_history={2})

        {1} is a {2}, to which no column can be added
        {1} — это {2}, добавить столбец нельзя

        the server makes every new table one of {1} (enforce_storage_engine), and {2} needs InnoDB
        сервер создает все новые таблицы с движком {1} (enforce_storage_engine), а {2} нужен InnoDB

        the items' key takes up to {1} bytes, and pages of {2} bytes (innodb_page_size) cannot hold such a key
        ключ позиций занимает до {1} {1:байта|байт|байт}, а в страницы по {2} {2:байту|байта|байт} (innodb_page_size) такой не помещается

        mariadb-install-db --innodb-page-size=16k (a new data directory; restore the schema from a dump)
        mariadb-install-db --innodb-page-size=16k (новая директория данных; схему восстановите из дампа)

        {1}.id is {2}, and the items that are still to be made refer to a BIGINT UNSIGNED
        {1}.id — {2}, а позиции, которых еще нет, будут ссылаться на BIGINT UNSIGNED

        rows of {1} refer to books that are not there
        строки {1} ссылаются на книги, которых нет
        """
}
