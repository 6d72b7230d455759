extension RussianTexts {
    /// What is said of files.
    static let files = #"""
        it is a folder
        это директория

        it is a terminal
        это терминал

        it is a device
        это устройство

        it is a socket
        это сокет

        it has more than {1} KiB
        в нем больше {1} КиБ

        it is a pipe into which nothing is written
        это канал, в который ничего не пишут

        it is a pipe that did not end within {1} seconds
        это канал, который не закрылся за {1} {1:секунду|секунды|секунд}

        standard input
        стандартный ввод

        id {1} is that of book {2}, too; give each book its own
        id {1} уже есть у книги {2}; у каждой книги он должен быть свой

        it is active, and so is book {1}; one at most can be
        она активна, и книга {1} тоже; активной может быть только одна

        it is the previous one, and so is book {1}; one at most can be
        она предыдущая, и книга {1} тоже; предыдущей может быть только одна

        it is active and cannot be the previous one as well
        она активна и предыдущей быть не может

        {1} is not a list of books; write [{"id": 7, "created_at": "2026-11-20T03:00:00Z", "is_active": true}, …] or give the JSON document that lists the books
        {1} — не список книг; напишите [{"id": 7, "created_at": "2026-11-20T03:00:00Z", "is_active": true}, …] или дайте JSON-документ со списком книг

        it is not an object with id, created_at and is_active
        это не объект с id, created_at и is_active

        {1} is missing
        нет {1}

        id must be a whole number
        id должен быть целым числом

        created_at must be a date and time with a zone, such as "2026-11-20T03:00:00Z"
        created_at должен быть датой и временем с часовым поясом, например "2026-11-20T03:00:00Z"

        is_active must be true or false
        is_active должен быть true или false

        is_previous must be true or false
        is_previous должен быть true или false

        pinned must be null, a note in quotes, or an object with a note
        pinned должен быть null, примечанием в кавычках или объектом с note

        {1}, book {2}: {3}
        {1}, книга {2}: {3}

        {1} is not JSON: {2}
        {1} — не JSON: {2}

        a comma or '{1}' is missing before character {2}
        не хватает запятой или «{1}» перед символом {2}

        comma before a bracket at character {1}
        запятая перед скобкой, символ {1}

        there is more after the end, from character {1}
        после конца есть еще текст, с символа {1}

        a value is expected at character {1}
        на месте символа {1} ожидается значение

        a member's name in quotation marks is expected at character {1}
        на месте символа {1} ожидается имя поля в кавычках

        a colon is missing before character {1}
        не хватает двоеточия перед символом {1}

        a control character in a text, at character {1}
        управляющий символ в тексте, символ {1}

        a text without its closing quotation mark begins at character {1}
        с символа {1} начинается текст без закрывающей кавычки

        it ends too early, after character {1}
        текст обрывается после символа {1}

        {1} is not JSON: it is not a JSON text in UTF-8
        {1} — не JSON: это не текст JSON в UTF-8

        Make room, or write to another folder
        Освободите место или пишите в другую директорию

        Check the folder and the rights on it, or write to another folder
        Проверьте директорию и права на нее или пишите в другую

        Give the name of the file itself
        Укажите имя самого файла

        Give the name of a file in it
        Укажите имя файла в ней

        Give the name of a file
        Укажите имя файла

        Remove it by hand
        Удалите его вручную

        Try again when it has ended
        Повторите, когда он завершится

        Remove it first
        Сначала удалите его

        Make room, check the rights, or write to another folder
        Освободите место, проверьте права или пишите в другую директорию

        cannot write {1}: {2}
        не удалось записать {1}: {2}

        {1} is a symbolic link, and nothing is written through one
        {1} — символическая ссылка, а через ссылки ничего не пишется

        {1} is a folder
        {1} — директория

        {1} is a device or a pipe, and not a file
        {1} — устройство или канал, а не файл

        {1} exists, and is not {2}; it was not changed
        {1} уже существует, и это не {2}; файл не изменен

        a file of pnbook's metrics
        файл метрик pnbook

        an export of pnbook's
        выгрузка pnbook

        a unit of pnbook's
        юнит pnbook

        cannot remove {1}, which a killed run has left: {2}
        не удалось удалить {1}, оставшийся от убитого запуска: {2}

        another process is writing {1}
        {1} сейчас пишет другой процесс

        {1} was not there a moment ago; it was not changed
        {1} только что не было; файл не изменен

        {1} belongs to a database that is gone, and would corrupt a new one
        {1} остался от базы, которой уже нет, и испортил бы новую

        cannot write {1}: {2}; nothing was changed
        не удалось записать {1}: {2}; ничего не изменено
        """#

    /// What is said of runs and of the service.
    static let operations = """
        session {1} of {2} ({3}, a transaction of {4} s)
        сессия {1} ({2}, {3}, транзакция длится {4} с)

        Which session that is, an account with the PROCESS privilege sees: SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx;  An administrator ends it with KILL and that number
        Какая это сессия, видно с привилегией PROCESS: SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx;  Администратор завершает ее командой KILL с этим номером

        No transaction holds rows now; a table may be locked: look with SHOW FULL PROCESSLIST, and end the session with KILL and its number
        Сейчас строки не держит ни одна транзакция; возможно, заблокирована таблица: посмотрите SHOW FULL PROCESSLIST и завершите сессию командой KILL с ее номером

        Locks are held by {1}; an administrator ends such a session with KILL and its number
        Блокировки держит {1}; администратор завершает такую сессию командой KILL с ее номером

        a run would be refused: {1}
        запуск был бы отклонен: {1}

        pending migrations {1} would be applied first
        сначала были бы применены миграции {1}

        waiting: {1}
        ожидание: {1}

        tables of the program's own are missing and could not be made; the book is made without them. {1}
        не хватает служебных таблиц, и создать их не удалось; книга создается без них. {1}

        unchanged: {1} stays active
        без изменений: активной остается {1}

        {1} is active with {2} items
        активна {1}, позиций: {2}

        {1} is active
        активна {1}

        Since {1}: {2} added, {3} removed, {4} re-mapped, {5} changed, {6} unchanged
        После {1}: добавлено {2}, удалено {3}, с другими LOT {4}, изменено {5}, без изменений {6}

        Rows read: {1}, left out: {2}
        Прочитано строк: {1}, исключено: {2}

        Rows read: {1}, left out: {2}; items of the book: {3}
        Прочитано строк: {1}, исключено: {2}; позиций в книге: {3}

        the task {1} could not be marked as failed: {2}
        не удалось пометить задание {1} как неудачное: {2}

        the work is done, but its task could not be marked so: {1}
        работа сделана, но пометить это в задании не удалось: {1}

        the metrics in {1} are as before, they could not be written: {2}
        метрики в {1} прежние, записать новые не удалось: {2}

        {1} is in a folder that all users share, so the service shares it as well
        {1} лежит в директории, общей для всех пользователей, поэтому и служба делит ее со всеми

        {1} is in a home folder, which the service's user must be allowed to read; build with --static-swift-stdlib and install the program to /usr/local/bin
        {1} лежит в домашней директории, которую пользователь службы должен иметь право читать; соберите с --static-swift-stdlib и установите программу в /usr/local/bin

        the unit's {1}= would have a line break or another invisible character: {2}
        в {1}= юнита оказался бы перевод строки или другой невидимый символ: {2}

        Take it out of the name or path that it comes from
        Уберите его из имени или пути, откуда он взялся

        {1} is not there; make a token: (umask 077; openssl rand -base64 32 > {2})
        {1} нет; создайте токен: (umask 077; openssl rand -base64 32 > {2})

        the password command runs as the service's user, without a home folder
        команда, печатающая пароль, выполняется от имени пользователя службы, без домашней директории

        every user may read a unit: write {1} into the configuration file instead
        юнит может прочитать любой пользователь: задайте {1} в файле конфигурации

        {1} {2} is not a full path; a service has no working folder
        {1} {2} — не полный путь; рабочей директории у службы нет

        the service runs as a user of systemd's making (DynamicUser), who may not write the metrics {1}; name one who may: adduser --system --group pnbook, chgrp pnbook {2}, chmod g+w {3}, and let the service run as that user
        служба работает от имени временного пользователя systemd (DynamicUser), а ему нельзя писать метрики {1}; укажите того, кому можно: adduser --system --group pnbook, chgrp pnbook {2}, chmod g+w {3}, и пусть служба работает от его имени

        the service runs as {1}, who may not write the metrics {2}; for example: chgrp $(id -gn {3}) {4} && chmod g+w {5}
        служба работает от имени {1}, которому нельзя писать метрики {2}; например: chgrp $(id -gn {3}) {4} && chmod g+w {5}

        {1} is not installed; install it, or nobody is told of a failed night
        {1} не установлен; установите его, иначе о неудачной ночи никто не узнает

        the monitor at {1} could not be told, which changes nothing else:
        не удалось сообщить монитору {1}, больше это ни на что не влияет:

        it answered with status {1}
        он ответил кодом {1}

        curl is not installed; run: apt-get install curl
        curl не установлен; выполните: apt-get install curl

        its name is not known (curl 6)
        его имя неизвестно (curl 6)

        it cannot be reached (curl 7)
        он недоступен (curl 7)

        it answered with an error (status {1}, curl 22)
        он ответил ошибкой (код {1}, curl 22)

        it did not answer within {1} seconds (curl 28)
        он не ответил за {1} {1:секунду|секунды|секунд} (curl 28)

        curl ended with code {1}
        curl завершился с кодом {1}

        it answered with a redirection (status {1}), which is not followed; write the final address in ping-url
        он ответил перенаправлением (код {1}), переходы не выполняются; укажите в ping-url конечный адрес

        it answered with a redirection to {1}://{2}{3} (status {4}), which is not followed; write the final address in ping-url
        он ответил перенаправлением на {1}://{2}{3} (код {4}), переходы не выполняются; укажите в ping-url конечный адрес

        {1} is not there, or its owner has no name; name the user who runs it
        {1} нет или у владельца нет имени; укажите пользователя, от имени которого запускать
        """
}
