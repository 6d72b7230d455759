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

    /// What would be without a setting of the session.
    static let session = """
        SELECTs of a system-versioned table would read its past
        SELECT из таблиц с системным версионированием читали бы прошлое

        ORDER BY compares no more than so many bytes of a text
        ORDER BY сравнивает не больше стольких байт текста

        ORDER BY would be refused for a row longer than that (1038)
        ORDER BY отклонялся бы для более длинных строк (1038)

        GROUP_CONCAT cuts its result there
        GROUP_CONCAT обрезает результат

        a result would be kept in a temporary table before its first row comes
        результат целиком собирался бы во временной таблице до первой строки

        names in a view's definition could not be told from words without quotes
        имена в определении представления было бы не отличить от слов без кавычек

        errors are told apart by their text where one number has several meanings
        ошибки с одним номером и разным смыслом не различить по тексту

        a SELECT of more than max_join_size rows would be refused (1104)
        SELECT больше чем из max_join_size строк отклонялся бы (1104)

        an option that a new table cannot have would be dropped without an error
        недопустимая опция новой таблицы отбрасывалась бы без ошибки

        how long a statement waits for a table
        неизвестно, сколько запрос ждет таблицу

        how long a statement waits for a row
        неизвестно, сколько запрос ждет строку

        an idle connection is closed
        простаивающее соединение закрывается

        a batch that arrives slowly is treated as a lost client
        медленно приходящий пакет строк считается потерей клиента

        a reader that pauses is treated as a lost one
        читатель, сделавший паузу, считается потерянным

        an idle open transaction ends the connection
        открытая транзакция без дела обрывает соединение

        the same for a snapshot, which has a limit of its own
        то же со снимком, у которого свой предел

        the same for a transaction that has written
        то же с транзакцией, которая что-то записала

        a statement ends beyond so much memory
        запрос обрывается, превысив столько памяти

        a temporary table ends a statement at that size
        временная таблица такого размера обрывает запрос

        texts would be cut, other engines chosen and quotes read otherwise without an error
        тексты обрезались бы, движки подменялись, а кавычки читались иначе, и все без ошибки

        older behaviour would come back
        вернулось бы прежнее поведение

        a TIMESTAMP is shown in the session's zone
        TIMESTAMP показывается в часовом поясе сессии

        DDL would skip what it is to change
        DDL пропускал бы то, что должен изменить

        a write would lock rows that it only passes; where the binary log is written by statement, another is set
        запись блокировала бы и строки, мимо которых проходит; если двоичный журнал пишется запросами, задается другой уровень

        every write would be refused (1792)
        любая запись отклонялась бы (1792)

        a cluster's node would not know what another one has committed
        узел кластера не знал бы, что зафиксировал другой

        a changed table would stay on this node of a cluster
        измененная таблица осталась бы только на этом узле кластера

        a node outside its cluster would answer with old rows
        узел вне кластера отвечал бы старыми строками

        a write would wait for rows that do not match, and fail for rows changed since it began (11.6.2 and newer)
        запись ждала бы строк, которые ей не подходят, и не проходила из-за строк, измененных после ее начала (11.6.2 и новее)

        a character set without a collation would mean another one (11.3)
        кодировка без правила сортировки означала бы другое правило (11.3)

        an ALTER that needs a copy would be refused (1846)
        ALTER, которому нужна копия, отклонялся бы (1846)

        results of a million rows would be cached in vain
        результаты в миллион строк кэшировались бы зря

        one book of adopted tables with long VARCHARs would be read by a scan of all books (MDEV-38164; 11.8.9)
        одна книга из таблиц с длинными VARCHAR читалась бы просмотром всех книг (MDEV-38164; 11.8.9)
        """
}
