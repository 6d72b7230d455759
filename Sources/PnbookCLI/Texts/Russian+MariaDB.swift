extension RussianTexts {
    /// What MariaDB's driver says of a connection, of its session and of its option file.
    static let mariadb = """
        about {1} bytes
        около {1} {1:байта|байт|байт}

        {1} rows
        {1} {1:строка|строки|строк}

        {1} would have to be written in one transaction, and {2} allows {3}
        в одной транзакции пришлось бы записать {1}, а {2} допускает {3}

        Raise it, on a cluster on every node; then run again
        Увеличьте его, в кластере на каждом узле, и запустите еще раз

        {1} values for {2} marks
        значений {1}, а меток {2}

        a row of {1} bytes is larger than the server's max_allowed_packet of {2} bytes
        строка в {1} {1:байт|байта|байт} больше, чем max_allowed_packet сервера, {2} {2:байт|байта|байт}

        a bulk insert's column changed its type
        при массовой вставке изменился тип столбца

        the server took {1} of {2} rows
        сервер принял {1} из {2} строк

        the server is switched to read-only (read_only={1})
        сервер переведен в режим только для чтения (read_only={1})

        a transaction is open already
        транзакция уже открыта

        a statement while another one's rows are still coming
        запрос отправлен, пока еще приходят строки другого

        the connection is closed
        соединение закрыто

        the client library has no memory
        клиентской библиотеке не хватает памяти

        the server answers, but has not let us in within {1} s
        сервер отвечает, но не впустил за {1} с

        this is {1} {2}; pnbook needs MariaDB 10.6 or newer
        это {1} {2}; для pnbook нужна MariaDB 10.6 или новее

        of an unknown version
        неизвестной версии

        the server asks for the password itself (plugin '{1}'), and has not proved that it is the right one
        сервер запрашивает сам пароль (плагин '{1}'), но не доказал, что он тот самый

        MySQL or another server
        MySQL или другой сервер

        the server's answer is not what MariaDB sends: {1}
        сервер отвечает не так, как MariaDB: {1}

        the server's answer does not end: it has more than {1} bytes
        ответ сервера не кончается: в нем больше {1} {1:байта|байт|байт}

        a row is larger than {1} bytes, the most that is read
        строка больше {1} {1:байта|байт|байт}, а больше не читается

        Shorten the row's texts; no text of a catalogue is as long
        Сократите тексты строки; в каталоге таких длинных не бывает

        Check that host, port or socket in the URL are those of a MariaDB, and what is between it and this machine
        Проверьте, что по хосту, порту или сокету из URL отвечает MariaDB, и что стоит между ней и этой машиной

        {1} could not be set to {2} for this session: otherwise {3}. Connect to the server itself, or let what is in between pass SET on
        не удалось задать {1} = {2} для этой сессии, а без этого {3}. Подключайтесь к самому серверу, или пусть то, что стоит между, пропускает SET

        every SELECT ends after so many rows, without an error
        каждый SELECT обрывается на стольких строках без ошибки

        'id IS NULL' would find the row inserted last
        'id IS NULL' находил бы последнюю вставленную строку

        an UPDATE or DELETE without a key would be refused (1175)
        UPDATE и DELETE без ключа отклонялись бы (1175)

        an item without a book would be accepted
        принималась бы позиция без книги

        InnoDB may accept a key twice
        InnoDB может принять ключ дважды

        a description may be longer than clients hold
        описание может быть длиннее, чем хранят клиенты

        a statement is ended after so many seconds (1969)
        запрос обрывается через столько секунд (1969)

        a statement outside of a transaction would wait for a COMMIT
        запрос вне транзакции ждал бы COMMIT

        COMMIT would begin another transaction, or close the connection
        COMMIT начинал бы новую транзакцию или закрывал соединение

        {1}: a quote where the name of an option must be
        {1}: кавычка там, где должно быть имя опции

        Write name=value, with quotes around the value alone
        Пишите name=value, в кавычках только значение

        {1}: no name of an option
        {1}: нет имени опции

        Write name=value
        Пишите name=value

        {1}: the value of {2} is not UTF-8 text
        {1}: значение {2} — не текст в UTF-8

        Write the file in UTF-8
        Сохраните файл в UTF-8

        {1}: a group without its closing bracket
        {1}: группа без закрывающей скобки

        Write [pnbook]
        Пишите [pnbook]

        {1}: !include is not followed
        {1}: !include не поддерживается

        Put user and password into this file itself, in a group [pnbook]
        Задайте user и password в самом этом файле, в группе [pnbook]

        {1}: an option in front of the first group
        {1}: опция перед первой группой

        Put a line [pnbook] in front of it
        Поставьте перед ней строку [pnbook]

        {1}: {2} in [pnbook] would change how the server is verified, which only the URL says
        {1}: {2} в [pnbook] изменило бы проверку сервера, а она задается только в URL

        Take the line out of the file; where less than the URL's verification is wanted, say tls=require or tls=disable there
        Уберите строку из файла; если нужна проверка слабее, укажите tls=require или tls=disable в URL

        {1}: {2} has no value
        {1}: у {2} нет значения

        Give it one, or take the line out of the file
        Задайте его или уберите строку из файла

        it is not a regular file
        это не обычный файл

        it is larger than an option file is
        для файла опций он слишком велик

        the option file {1} cannot be read: {2}
        не удалось прочитать файл опций {1}: {2}

        Name a file with a group [pnbook] that this user alone may read
        Укажите файл с группой [pnbook], который может читать только этот пользователь
        """

    /// What is said of limits of a server that are reached.
    static let limits = """
        Others have taken all connections; a run needs {1} at once. Run again later, or raise {2}
        Все соединения заняты, а запуску нужно сразу {1}. Запустите еще раз позже или увеличьте {2}

        This process may open no more files; raise the limit (ulimit -n; LimitNOFILE= in a unit)
        Этот процесс больше не может открывать файлы; поднимите предел (ulimit -n; LimitNOFILE= в юните)

        Where the server's init_connect fails, an administrator can look at it: SHOW GLOBAL VARIABLES LIKE 'init_connect'
        Если дело в init_connect сервера, администратор может его посмотреть: SHOW GLOBAL VARIABLES LIKE 'init_connect'

        Others have prepared as many statements as the server allows. Run again later, or raise max_prepared_stmt_count
        Подготовленных запросов уже столько, сколько сервер допускает. Запустите еще раз позже или увеличьте max_prepared_stmt_count

        The account's password has expired; give it a new one: ALTER USER ... IDENTIFIED BY '...'; or, for an account of a program: ALTER USER ... PASSWORD EXPIRE NEVER;
        Срок действия пароля истек; задайте новый: ALTER USER ... IDENTIFIED BY '...'; или, если это учетная запись программы: ALTER USER ... PASSWORD EXPIRE NEVER;

        Then run again
        Затем запустите еще раз

        Raise wsrep_max_ws_size on every node of the cluster
        Увеличьте wsrep_max_ws_size на каждом узле кластера

        Raise wsrep_max_ws_rows on every node of the cluster
        Увеличьте wsrep_max_ws_rows на каждом узле кластера

        Let the server log rows: SET GLOBAL binlog_format = 'MIXED'; and the same in its configuration
        Пусть сервер пишет в журнал строки: SET GLOBAL binlog_format = 'MIXED'; и то же самое в его конфигурации

        The server stops statements that take long (max_statement_time)
        Сервер обрывает долгие запросы (max_statement_time)

        Raise {1}
        Увеличьте {1}

        A run needs {1} connections of its account at once. Run again once others have ended, or let an administrator raise the account's limit: ALTER USER ... WITH MAX_USER_CONNECTIONS {2};
        Запуску нужно сразу {1} {1:соединение|соединения|соединений} одной учетной записи. Запустите еще раз, когда освободятся другие, или пусть администратор поднимет ее предел: ALTER USER ... WITH MAX_USER_CONNECTIONS {2};

        Run again when the hour is over, or let an administrator lift the account's limit: {1}
        Запустите еще раз через час или пусть администратор снимет предел учетной записи: {1}
        """
}
