extension RussianTexts {
    /// What any database says, and what is said of its URL.
    static let database = """
        process {1}
        процесс {1}

        session {1}
        сессия {1}

        {1} ({2} for {3} s)
        {1} ({2}, {3} с)

        If it is not to go on, end it: kill {1}
        Если он больше не нужен, завершите его: kill {1}

        Whose it is, an account with the PROCESS privilege sees: SELECT * FROM information_schema.processlist WHERE id = {1};  If it is not to go on, an administrator ends it: KILL {2};
        Чья она, видно с привилегией PROCESS: SELECT * FROM information_schema.processlist WHERE id = {1};  Если она больше не нужна, администратор завершает ее: KILL {2};

        If it is not to go on, an administrator ends it: KILL {1};
        Если она больше не нужна, администратор завершает ее: KILL {1};

        {1}; undoing it by hand failed too ({2}), the database undoes it when the connection closes
        {1}; откатить вручную тоже не удалось ({2}), база откатит сама при закрытии соединения

        Give this user the right, or run as another
        Дайте этому пользователю право или запустите от имени другого

        Give this user the right to write the file and its folder
        Дайте этому пользователю право на запись в файл и его директорию

        Write to the primary server, or make the database writable
        Пишите на основной сервер или откройте базу на запись

        The file is not a {1} database or is damaged; check the path
        Файл — не база {1} или поврежден; проверьте путь

        ; nothing was changed
        ; ничего не изменено

        ; the server undoes what was not committed
        ; незафиксированное сервер откатит

        ; the statement was stopped by an administrator or a time limit, and nothing was changed
        ; запрос остановил администратор или ограничение по времени, ничего не изменено

        a result that should be small has more than {1} rows or {2} bytes
        результат, который должен быть небольшим, больше {1} {1:строки|строк|строк} или {2} {2:байта|байт|байт}

        the database URL begins with neither sqlite: nor mariadb://
        URL базы не начинается ни с sqlite:, ни с mariadb://

        the database URL names no file after sqlite:
        в URL базы после sqlite: нет файла

        the database URL names SQLite's memory, where nothing is kept once the program ends
        URL базы указывает на память SQLite, а там после завершения программы ничего не остается

        the database URL has a URI after sqlite:, and what belongs there is a path
        в URL базы после sqlite: стоит URI, а там должен быть путь

        the database URL names no schema after the host
        в URL базы после хоста нет схемы

        the database URL holds a password, which every user of this machine can read there
        в URL базы записан пароль, и там его может прочитать любой пользователь этой машины

        the database URL's user is not a name of letters, digits and _ . - $ + (and @, written %40)
        имя пользователя в URL базы состоит не только из букв, цифр и _ . - $ + (и @ в виде %40)

        the database URL's host is neither a name nor an address
        хост в URL базы — не имя и не адрес

        the database URL's schema has a character that no schema's name has there: / @ : # or a control
        в имени схемы в URL базы есть символ, которому там не место: / @ : # или управляющий

        the database URL's port is not a number from 1 to 65535
        порт в URL базы — не число от 1 до 65535

        the database URL's {1} has a broken %-escape
        в URL базы испорчена %-последовательность ({1})

        the database URL's parameter number {1} is unknown; there are socket, tls, tls-ca and replica
        параметр номер {1} в URL базы неизвестен; есть socket, tls, tls-ca и replica

        the database URL's tls mode is unknown; there are {1}
        режим tls в URL базы неизвестен; есть {1}

        the database URL asks for tls=verify-ca and names no CA: with every public one any server would do
        в URL базы указан tls=verify-ca, но не указан CA: с любым публичным подошел бы какой угодно сервер

        Write sqlite:PATH or mariadb://user@host:port/schema
        Укажите sqlite:PATH или mariadb://user@host:port/schema

        Name a file: sqlite:PATH; for one that has this very name, sqlite:./:memory:
        Укажите файл: sqlite:PATH; если файл называется именно так, sqlite:./:memory:

        Write the path alone: sqlite:PATH; for a file whose name begins so, sqlite:./file:NAME
        Укажите только путь: sqlite:PATH; если имя файла начинается именно так, sqlite:./file:NAME

        Take it out, change it
        Уберите его оттуда и смените

        Leave it out, and give such a name as user=NAME in a MariaDB option file
        Уберите его, а такое имя задайте как user=NAME в файле опций MariaDB

        Add tls-ca=FILE, or use tls=verify-full
        Добавьте tls-ca=FILE или используйте tls=verify-full

        '{1}' is not an ISO 8601 instant
        '{1}' — не момент времени по ISO 8601

        the thread '{1}' could not be started: {2}
        не удалось запустить поток '{1}': {2}

        Try again once other processes have ended, or raise the limit of threads: ulimit -u, TasksMax= of the service, pids.max of the container
        Повторите, когда завершатся другие процессы, или поднимите предел потоков: ulimit -u, TasksMax= службы, pids.max контейнера
        """

    /// What is said of tasks and of retention.
    static let tasks = """
        the process of task {1} is gone; it was {2}. The next run marks it as failed
        процесс задания {1} исчез; он дошел до «{2}». Следующий запуск пометит задание как неудачное

        {1}: {2} holds the lock that a run takes, and no run is recorded: it is not a run, or one that is just beginning or ending
        {1}: блокировку, нужную для запуска, держит {2}, но ни один запуск не записан: либо это не запуск, либо он только начинается или завершается

        {1}: another run is just beginning
        {1}: как раз начинается другой запуск

        by process {1} on {2}
        (процесс {1} на {2})

        since {1}
        с {1}

        ; that process is gone, and {1} holds the lock
        ; тот процесс завершился, а блокировку держит {1}

        {1}: {2} is running{3}{4} (task {5}, {6}){7}{8}
        {1}: уже выполняется {2}{3}{4} (задание {5}, {6}){7}{8}

        ; its last sign of life: {1} s ago
        ; последний признак жизни: {1} с назад

        ; its last sign of life: {1} s ago; without another it is presumed dead at {2}
        ; последний признак жизни: {1} с назад; если нового не будет, с {2} оно считается погибшим

        cancelled by signal {1}; what was not committed was undone
        отменено по сигналу {1}; все незафиксированное отменено

        interrupted (Ctrl-C); what was not committed was undone
        прервано (Ctrl-C); все незафиксированное отменено

        cancelled by SIGTERM; what was not committed was undone
        отменено по SIGTERM; все незафиксированное отменено

        cancelled by SIGHUP, because the terminal was closed; what was not committed was undone
        отменено по SIGHUP, потому что терминал закрыт; все незафиксированное отменено

        cancelled by {1}; what was not committed was undone
        отменил {1}; все незафиксированное отменено

        another run presumed this one dead and has taken over; this one changed nothing more and stops
        другой запуск посчитал этот погибшим и взял работу на себя; этот больше ничего не менял и останавливается

        task {1} was ended by another process; this run stops here
        задание {1} завершил другой процесс; этот запуск останавливается

        there is no task {1}
        задания {1} нет

        task {1} is not running: it is {2}
        задание {1} не выполняется: {2}

        '{1}' is too short for a task's name: give at least {2} characters of its id
        '{1}' слишком коротко, чтобы узнать задание: укажите не меньше {2} {2:символа|символов|символов} его id

        '{1}' is the beginning of several tasks' ids: {2}
        с '{1}' начинаются id нескольких заданий: {2}

        no task is running, and none has ever run here
        ни одно задание не выполняется, и здесь их еще не было

        no task is running; the last one was {1}, and it is {2}
        ни одно задание не выполняется; последнее — {1}: {2}

        several tasks are running: {1}; give the id of one
        выполняется несколько заданий: {1}; укажите id одного

        {1} and more
        {1} и другие

        the retention policy keeps {1} {2} books
        в политике хранения число книг отрицательно: {1} {2}

        the retention policy keeps nothing (0 daily, 0 weekly, 0 monthly, 0 yearly)
        политика хранения не оставляет ничего (0 daily, 0 weekly, 0 monthly, 0 yearly)

        Give zero or more
        Укажите ноль или больше

        Give at least one tier a count
        Укажите число хотя бы для одного уровня
        """
}
