extension RussianTexts {
    /// What is wrong with the source tables, and with the CSV files of a catalogue.
    static let catalogue = #"""
        {1}: the source table {2} does not exist. Is this the right database?
        {1}: исходной таблицы {2} нет. Та ли это база?

        {1}: the source table {2} has no column {3}. Is this PriceForge's database, and its schema at 025 or later?
        {1}: в исходной таблице {2} нет столбца {3}. Это база PriceForge, и схема не ниже 025?

        {1}: the source table {2} cannot be read as of one instant, for {3}. Nothing was changed
        {1}: исходную таблицу {2} нельзя прочитать по состоянию на один момент: {3}. Ничего не изменено

        {1} is of the engine {2}
        у {1} движок {2}

        {1} is NULL (\N) and must not be
        {1} — NULL (\N), а так нельзя

        {1} has {2} characters, and {3} fit
        в {1} {2} {2:символ|символа|символов}, а помещается {3}

        {1} is {2} and must be 0 or 1
        {1} — {2}, а нужно 0 или 1

        {1} is {2} and must be a number such as 2 or 0.5
        {1} — {2}, а нужно число, например 2 или 0.5

        {1} is {2}, and 16 digits before and 4 after the point fit
        {1} — {2}, а помещается 16 цифр до точки и 4 после

        cannot read {1}: {2}
        не удалось прочитать {1}: {2}

        {1} is not the file of a source table; those are {2}
        {1} — не файл исходной таблицы; такие файлы: {2}

        {1} does not exist; a catalogue is a folder with at least lot_partnumbers.csv
        {1} нет; каталог — это директория, в которой есть хотя бы lot_partnumbers.csv

        {1}, line {2}, column {3}: {4}
        {1}, строка {2}, позиция {3}: {4}

        {1}, line {2}, column {3}: the table {4} has no column {5}
        {1}, строка {2}, позиция {3}: в таблице {4} нет столбца {5}

        {1}, line {2}: the database refuses the row: {3}
        {1}, строка {2}: база не принимает строку: {3}

        {1}: the catalogue already has rows ({2})
        {1}: в каталоге уже есть строки ({2})

        Rename or remove it
        Переименуйте или удалите его

        Remove it from the file
        Уберите его из файла

        it is a pipe or a device, and not a file
        это канал или устройство, а не файл

        a quote in the middle of an unquoted field; quote the whole field and double it
        кавычка внутри поля без кавычек; возьмите в кавычки все поле, а эту удвойте

        the file ends inside the quoted field that begins here
        файл кончается внутри поля в кавычках, которое начинается здесь

        a carriage return without a line feed; lines end in LF or CRLF
        возврат каретки без перевода строки; строки должны кончаться на LF или CRLF

        text after the closing quote of a field
        текст после закрывающей кавычки поля

        a NUL character, which no part number needs
        символ NUL, в партномерах ему делать нечего

        the field is not UTF-8; convert the file to UTF-8
        поле не в UTF-8; перекодируйте файл в UTF-8

        a record of more than {1} MiB; a closing quote may be missing
        запись больше {1} МиБ; возможно, не хватает закрывающей кавычки

        it is not a folder that this user may read
        это не директория, которую может читать этот пользователь

        the file is empty; its first line names the columns
        файл пуст; в первой строке должны быть имена столбцов

        '{1}' is not a column of {2}; there are {3}
        '{1}' — не столбец {2}; есть {3}

        the column {1} appears twice
        столбец {1} указан дважды

        the column {1} is missing
        нет столбца {1}

        the row has {1} fields, and the header names {2}
        полей в строке {1}, а в заголовке {2}

        UTF-32 with a byte order mark
        UTF-32 с меткой порядка байтов (BOM)

        UTF-16 with a byte order mark
        UTF-16 с меткой порядка байтов (BOM)

        the file is {1}, and not UTF-8; convert it: iconv -f {2} -t UTF-8 {3} > {4} && mv {5} {6}
        файл в {1}, а не в UTF-8; перекодируйте его: iconv -f {2} -t UTF-8 {3} > {4} && mv {5} {6}
        """#
}
