extension RussianTexts {
    /// What the rules, the guards and the clock say of a book that was not made.
    static let bookRules = """
        the book would have no items ({1} rows read, none kept{2}), and an empty book is never published; the active book is unchanged
        в книге не было бы ни одной позиции (прочитано строк: {1}, не осталось ни одной{2}), а пустая книга не публикуется; активная книга не изменилась

        none
        нет

        the book would have {1} items, fewer than half of the {2} in the active book {3}; nothing was published. Rows read: {4}, left out: {5}
        позиций в книге было бы {1}: меньше половины от {2} в активной книге {3}; ничего не опубликовано. Прочитано строк: {4}, исключено: {5}

        without a part number
        без партномера

        without a LOT
        без LOT

        ignored
        по правилам игнорирования

        of an empty bundle
        с пустым комплектом

        Look at lot_partnumbers: it is empty. Is this the right database?
        Посмотрите lot_partnumbers: таблица пуста. Та ли это база?

        Look at lot_partnumbers: are the LOTs filled in?
        Посмотрите lot_partnumbers: заполнены ли LOT?

        Look at qt_lot_bundle_items: the bundles that lot_partnumbers names have no components
        Посмотрите qt_lot_bundle_items: у комплектов из lot_partnumbers нет состава

        Look at lot_partnumbers: are part numbers and LOTs filled in?
        Посмотрите lot_partnumbers: заполнены ли партномера и LOT?

        {1} and others
        {1} и другие

        The pattern {1} in {2} leaves nothing of lot_partnumbers: is that meant so?
        Шаблон {1} в {2} не оставляет от lot_partnumbers ничего: так и задумано?

        What is ignored of lot_partnumbers is written out in {1}, part number by part number: is that meant so?
        Все, что игнорируется в lot_partnumbers, перечислено в {1} по одному партномеру: так и задумано?

        , and part numbers that are written out there,
        , а также перечисленные там партномера

        The {1} {2} in {3}{4} leave nothing of lot_partnumbers: is that meant so?
        От lot_partnumbers ничего не оставляют правила в {3}: {2}{4}. Так и задумано?

        Break the cycle in qt_lot_bundle_items
        Разорвите цикл в qt_lot_bundle_items

        this machine's clock says {1}, which cannot be right; {2}
        часы этой машины показывают {1}, чего быть не может; {2}

        this machine's clock says {1}, and the database server's {2}: one of the two is wrong; {3}
        часы этой машины показывают {1}, а часы сервера базы — {2}: одни из них неверны; {3}

        this machine's clock says {1}, and the newest book, {2} (id {3}), is of {4}, more than five years before: the clock may have jumped; {5}
        часы этой машины показывают {1}, а самая новая книга, {2} (id {3}), создана {4}, более чем на пять лет раньше: возможно, часы ушли вперед; {5}

        nothing was changed, and the active book stays active
        ничего не изменено, активная книга остается активной
        """

    /// What is wrong with data of which no book can be made, and with books that cannot be read.
    static let bookData = """
        is {1}, which is neither true nor false
        значение {1} не означает ни «да», ни «нет»

        is not valid UTF-8, from the bytes {1} on
        это не UTF-8, начиная с байтов {1}

        is a BLOB of {1}, not a text
        это BLOB ({1}), а не текст

        is the number {1}, not a text
        это число {1}, а не текст

        {1}. Correct the row
        {1}. Исправьте строку

        A flag is a number (0 is false, any other is true) or one of the words 1, true, t, yes, y, on and 0, false, f, no, n, off, or empty
        Флаг — это число (0 — нет, любое другое — да), либо одно из слов 1, true, t, yes, y, on и 0, false, f, no, n, off, либо пусто

        Another program has stored text in another encoding; store it again as UTF-8
        Другая программа записала текст в другой кодировке; запишите его заново в UTF-8

        Store it as a text: make the column a text column, or UPDATE {1} SET {2} = CAST({3} AS CHAR)
        Храните его как текст: сделайте столбец текстовым или UPDATE {1} SET {2} = CAST({3} AS CHAR)

        Store it as a text
        Храните его как текст

        bundles contain one another: {1}. Part number {2} leads into the cycle; the active book is unchanged
        комплекты входят друг в друга: {1}. В этот цикл ведет партномер {2}; активная книга не изменилась

        the {1} of part number {2} has {3} characters, and a book holds {4}; the active book is unchanged
        у партномера {2} слишком длинное поле «{1}»: {3} {3:символ|символа|символов}, а книга вмещает {4}; активная книга не изменилась

        part number
        партномер

        description
        описание

        vendor
        вендор

        bundle
        комплект

        lot_partnumbers: the row with vendor {1}, part number {2} takes {3} bytes, more than can be sorted; the active book is unchanged
        lot_partnumbers: строка с вендором {1} и партномером {2} занимает {3} {3:байт|байта|байт}, столько отсортировать нельзя; активная книга не изменилась

        {1}: {2} of the row with {3} {4}; the active book is unchanged
        {1}: {2} в строке, где {3}: {4}; активная книга не изменилась

        {1}: {2} of the item with {3} {4}. The book is not exported; nothing was written
        {1}: {2} в позиции, где {3}: {4}. Книга не выгружена, ничего не записано

        part number {1}, LOT {2}
        партномер {1}, LOT {2}

        {1} is dated at the end of the year 9999, and a new book must be newer; the active book is unchanged
        {1} датирована концом 9999 года, а новая книга должна быть новее; активная книга не изменилась

        {1}, so no further book can be numbered; the active book is unchanged
        {1}, поэтому номер для новой книги взять неоткуда; активная книга не изменилась

        {1} is the last version that its day can have: a version holds 30 characters; the active book is unchanged
        {1} — последняя возможная версия за этот день: в версии не более 30 символов; активная книга не изменилась

        Break it in qt_lot_bundle_items
        Разорвите его в qt_lot_bundle_items

        Shorten it in lot_partnumbers
        Сократите его в lot_partnumbers

        Shorten its vendor, or the white space around its part number
        Сократите вендора или пробелы вокруг партномера

        Give it the time at which it was made with UPDATE qt_partnumber_books SET created_at = '...' WHERE id = {1}
        Проставьте ей время создания: UPDATE qt_partnumber_books SET created_at = '...' WHERE id = {1}

        Rename that book in qt_partnumber_books and pnbook_book_ledger, or publish tomorrow
        Переименуйте эту книгу в qt_partnumber_books и pnbook_book_ledger или опубликуйте завтра

        book {1}
        книга {1}

        book {1} ({2})
        книга {1} ({2})

        {1} has an id that is not a whole number up to {2}, which is what clients hold
        {1}: id — не целое число до {2}, а других клиенты не хранят

        {1} has a created_at that is not a date and time: {2}. Accepted is '2026-11-20 03:00:00.000', with or without a fraction and an offset from UTC such as +03:00, and no number
        {1}: created_at — не дата и время: {2}. Допустимо '2026-11-20 03:00:00.000', с долями секунды или без, со смещением от UTC (например, +03:00) или без него, но не число

        Correct it in qt_partnumber_books and qt_partnumber_book_items
        Исправьте его в qt_partnumber_books и qt_partnumber_book_items

        Correct it in qt_partnumber_books
        Исправьте его в qt_partnumber_books

        {1}: there is no active book yet
        {1}: активной книги пока нет

        {1}: there is no book '{2}'
        {1}: книги '{2}' нет

        {1}: there is no previous book: none exists beside the active one
        {1}: предыдущей книги нет: кроме активной, других не существует

        {1}: there are no books yet
        {1}: книг пока нет

        {1}: there is no book '{2}' any more: {3} was removed at {4}
        {1}: книги '{2}' больше нет: {3} удалена {4}

        the note is empty; nothing was changed
        примечание пустое; ничего не изменено

        the note has {1} characters, and {2} can be stored; nothing was changed
        в примечании {1} {1:символ|символа|символов}, а хранить можно {2}; ничего не изменено

        the table {1} does not exist yet; nothing was changed
        таблицы {1} еще нет; ничего не изменено

        Say in the note why the book is kept, for those who find it in years
        Напишите в примечании, зачем хранится книга: для тех, кто найдет ее через годы

        Give a shorter note
        Сократите примечание

        cannot {1} in {2}: {3}
        не удалось {1} в {2}: {3}

        make a temporary file
        создать временный файл

        write a temporary file
        записать временный файл

        read back a temporary file
        прочитать временный файл

        a catalogue row takes {1} bytes, more than the sort's memory
        строка каталога занимает {1} {1:байт|байта|байт}, больше памяти, отведенной на сортировку

        Make room there or point TMPDIR elsewhere
        Освободите там место или укажите в TMPDIR другую директорию

        Shorten its description or vendor
        Сократите в ней описание или вендора
        """
}
