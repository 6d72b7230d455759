extension RussianTexts {
    /// What is said of the tables of books, and of the ids and times in them.
    static let bookStorage = """
        {1} and {2} more are dated in the future, up to {3}
        {1} и еще {2} датированы будущим числом, до {3}

        {1} is dated in the future, up to {2}
        {1} датирована будущим числом: {2}

        {1}: kept, without a part in retention, and each new book must be later still. Their versions stay as they are
        {1}. Такие книги остаются и в политике хранения не участвуют, а каждая новая книга должна быть еще позже. Их версии не меняются

        {1} has the id {2}, the last that qt_partnumber_books can give
        у книги {1} id {2}, последний, который может выдать qt_partnumber_books

        Remove that book, then {1}
        Удалите эту книгу, затем {1}

        the counter of qt_partnumber_books is beyond {1}, the last id that it can give and clients can hold
        счетчик qt_partnumber_books ушел за {1}, последний id, который он может выдать, а клиенты — хранить

        ALTER TABLE qt_partnumber_books AUTO_INCREMENT = {1}, or make its id BIGINT UNSIGNED
        ALTER TABLE qt_partnumber_books AUTO_INCREMENT = {1} или смените тип ее id на BIGINT UNSIGNED

        , says the server of its SELECT
        , судя по плану SELECT на сервере

        once there are several
        (когда их станет несколько)

        no key of {1} begins with book_id: a reader of one book reads all books
        ни один ключ {1} не начинается с book_id: чтобы прочитать одну книгу, читатель читает все

        a reader of one book reads all books, says the server of its SELECT, although a key begins with book_id
        судя по плану SELECT, чтобы прочитать одну книгу, читатель читает все, хотя есть ключ, начинающийся с book_id

        a reader of one book reads all books{1}: description is {2}, and MariaDB {3} counts a row by what that may hold at most (or set new_mode = FIX_INDEX_LOOKUP_COST in the server's configuration, where it has that)
        чтобы прочитать одну книгу, читатель читает все{1}: description имеет тип {2}, а MariaDB {3} оценивает строку по наибольшей длине, какая туда поместится (либо задайте new_mode = FIX_INDEX_LOOKUP_COST в конфигурации сервера, если он это умеет)

        the part numbers {1} and {2} are one key under {3} ({4} on {5}), so a book with both cannot be written; nothing was changed
        партномера {1} и {2} с правилом сортировки {3} дают один ключ ({4} в {5}), поэтому книгу с обоими записать нельзя; ничего не изменено

        a book without a version
        книга без версии

        its id is no whole number up to {1}, which is what clients hold
        id — не целое число до {1}, а других клиенты не хранят

        it has no created_at
        нет created_at

        its created_at {1} is no date and time
        created_at {1} — не дата и время

        its version is no text in UTF-8
        версия — не текст в UTF-8

        it has no version
        нет версии

        its version has {1} characters, and clients hold {2}
        в версии {1} {1:символ|символа|символов}, а клиенты хранят {2}
        """

    /// What publishing, activating, removing and loading say.
    static let bookJobs = """
        no book was removed
        ни одна книга не удалена

        removed before it: {1}
        до нее удалены: {1}

        removing {1} failed: {2}. It is still whole; {3}
        не удалось удалить {1}: {2}. Книга цела; {3}

        {1} has become active or was removed since the plan was made
        {1} стала активной или была удалена уже после составления плана

        and {1} more
        и еще {1}

        rows of the same part number disagree on its LOTs, and the book has them all: {1}{2}
        у строк с одним партномером разные LOT, и в книгу вошли все: {1}{2}

        bundles contain one another, but no row leads to them: {1}
        комплекты входят друг в друга, но ни одна строка к ним не ведет: {1}

        books dated in the future take no part in retention: {1}
        книги с датой в будущем в политике хранения не участвуют: {1}

        the book is published, but retention failed: {1}
        книга опубликована, но удалить старые не удалось: {1}

        {1} has no items and is not activated; the active book is unchanged
        в {1} нет позиций, она не активирована; активная книга не изменилась

        {1} is not what it was when it was made: it has {2} items, and {3} were recorded, or their texts differ. It is not activated; the active book is unchanged
        {1} не та, какой была создана: позиций в ней {2}, записано было {3}, либо различаются тексты. Она не активирована; активная книга не изменилась

        started over: {1}
        начато заново: {1}

        the connection broke during the commit; looked afterwards: the book was published
        соединение оборвалось во время фиксации; проверено после: книга опубликована

        the book is published, but what it changes since {1} is not known: {2}
        книга опубликована, но что изменилось после {1}, неизвестно: {2}

        what the book would change since {1} is not known: {2}
        что изменилось бы после {1}, неизвестно: {2}

        retention would remove {1} books, and at most {2} go without being asked for; none was removed
        по политике хранения надо удалить книг: {1}, а без подтверждения удаляется не более {2}; ни одна не удалена

        the approved plan {1} is not the plan as it is now, {2}: books have come or gone; none was removed
        подтвержден план {1}, а сейчас план уже другой, {2}: книги добавились или исчезли; ни одна не удалена

        the database took {1} of {2} items without an error; nothing was published
        база без ошибки приняла только {1} из {2} позиций; ничего не опубликовано

        the header of book {1} was gone before it could be activated; nothing was published
        заголовок книги {1} исчез до ее активации; ничего не опубликовано

        the database gave the book the id {1}, which no client can hold; nothing was published
        база выдала книге id {1}, который ни один клиент хранить не может; ничего не опубликовано

        the new book would have the id {1}, and qt_partnumber_book_items has items of that id without a book; nothing was published
        новая книга получила бы id {1}, а в qt_partnumber_book_items уже есть позиции с таким id без книги; ничего не опубликовано

        {1}: the table refuses a row that the book needs; nothing was published
        {1}: таблица не принимает строку, нужную книге; ничего не опубликовано

        {1}: two different items of the book are one key to the table; nothing was published
        {1}: для таблицы две разные позиции книги — один ключ; ничего не опубликовано

        the header of {1} changed while another one was made active, from {2} to {3}; nothing was published
        пока активировалась другая книга, заголовок {1} изменился с {2} на {3}; ничего не опубликовано

        Look at the AUTO_INCREMENT of qt_partnumber_books
        Посмотрите AUTO_INCREMENT таблицы qt_partnumber_books

        Look at its constraints and types: {1} qt_partnumber_books, qt_partnumber_book_items
        Посмотрите ограничения и типы: {1} qt_partnumber_books, qt_partnumber_book_items

        A collation that compares bytes tells them apart ({1})
        Их различает правило сортировки, сравнивающее байты ({1})

        Where no other program has done that, look for triggers on qt_partnumber_books and for columns with ON UPDATE
        Если этого не сделала другая программа, поищите триггеры на qt_partnumber_books и столбцы с ON UPDATE

        the connection broke during the commit ({1}); looked afterwards: nothing was changed, the old book is active
        соединение оборвалось во время фиксации ({1}); проверено после: ничего не изменено, активна прежняя книга

        the connection broke during the commit ({1}), and the database cannot be asked what became of it ({2}); either the old book or the new one is active, whole
        соединение оборвалось во время фиксации ({1}), а узнать у базы, чем закончилась фиксация, не удалось ({2}); активна либо прежняя книга, либо новая, целиком
        """

    /// What an export says.
    static let exports = """
        {1} has no items and is not exported; nothing was written
        в {1} нет позиций, она не выгружена; ничего не записано

        {1} is not what it was when it was made: it has {2} items, and {3} were recorded, or their texts differ. It is not exported; nothing was written
        {1} не та, какой была создана: позиций в ней {2}, записано было {3}, либо различаются тексты. Она не выгружена; ничего не записано

        {1} holds book {2} as {3}, and here that is {4}: the file is of another database. Nothing was written
        в {1} книга {2} — это {3}, а здесь — {4}: файл от другой базы. Ничего не записано

        the {1} of part number {2} has {3} characters, and a cell of a workbook holds {4}
        у партномера {2} слишком длинное поле «{1}»: {3} {3:символ|символа|символов}, а ячейка таблицы вмещает {4}

        the workbook would be larger than 4 GiB, which not every program can read
        файл получился бы больше 4 ГиБ, а такие читает не всякая программа

        there is not enough memory to compress a workbook
        не хватает памяти, чтобы сжать файл

        Export it as .csv or .ndjson
        Выгрузите в .csv или .ndjson

        {1} is not QuoteForge's local file, or of another version: it has {2}. It was not changed
        {1} — не локальный файл QuoteForge или файл другой версии: в нем {2}. Он не изменен

        no table {1}
        нет таблицы {1}

        no {1} in its table {2}
        нет {1} в таблице {2}

        {1} is not a SQLite database, or is damaged. It was not changed
        {1} — не база SQLite или база повреждена. Файл не изменен
        """
}
