extension RussianTexts {
    /// What an answer is that no MariaDB sends.
    static let wire = """
        an empty packet
        пустой пакет

        an answer to nothing that was asked
        ответ на то, о чем не спрашивали

        a greeting of another protocol
        приветствие другого протокола

        a login plugin with an endless name
        плагин входа с бесконечным именем

        a row that ends within a value
        строка обрывается посреди значения

        a row with more values than columns
        в строке больше значений, чем столбцов

        a row that does not begin as one
        строка начинается не как строка

        a packet that ends within a value
        пакет обрывается посреди значения

        a length that begins with 255
        длина начинается с 255

        NULL in place of a text
        NULL вместо текста

        NULL in place of a number
        NULL вместо числа

        a text without its end
        текст без конца

        a preparation that does not begin as one
        ответ на подготовку запроса начинается не так

        a request for a file of this machine
        запрошен файл этой машины

        a result that does not begin as one
        результат начинается не как результат

        columns without definitions
        столбцы без описаний

        a column without its type
        столбец без типа

        no end where there must be one
        нет конца там, где он должен быть

        a further result that was not asked for
        лишний результат, о котором не просили

        a cursor that was not asked for
        курсор, о котором не просили

        a character set with an endless name
        кодировка с бесконечным именем

        a session's change that does not end where it says
        изменение сессии кончается не там, где обещано

        a date or time that there cannot be
        невозможная дата или время

        no value of max_allowed_packet that a server has
        такого max_allowed_packet у сервера не бывает

        no result where there must be one
        нет результата там, где он должен быть

        fewer columns than were asked for
        столбцов меньше, чем запрошено

        TLS is asked for, but this connection has none
        запрошен TLS, а это соединение без него
        """
}
