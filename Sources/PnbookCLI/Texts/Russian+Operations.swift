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

        {1}, book {2}: {3}
        {1}, книга {2}: {3}

        {1} is not JSON: {2}
        {1} — не JSON: {2}

        {1} is not JSON: comma before a bracket at character {2}.
        {1} — не JSON: запятая перед скобкой, символ {2}.

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

    /// What is said of the configuration, of passwords and of the programs that print them.
    static let configuration = """
        this looks like a database's URL, or holds a password; it is not repeated here
        похоже на URL базы или содержит пароль; здесь это не повторяется

        the password file {1} cannot be read: {2}
        не удалось прочитать файл с паролем {1}: {2}

        the password file {1} cannot be read as text
        файл с паролем {1} — не текст

        the password file {1} is empty
        файл с паролем {1} пуст

        {1} cannot be read: {2}
        не удалось прочитать {1}: {2}

        {1} cannot be read: it is not a file
        не удалось прочитать {1}: это не файл

        {1} holds a secret and others may read it; run: chmod 600 {2}
        в {1} секрет, а читать его могут и другие; выполните: chmod 600 {2}

        {1} holds a secret and belongs to {2}, who may read and change it; run: chown {3} {4}  (as root), or use a copy
        в {1} секрет, а владелец, {2}, может его прочитать и изменить; выполните: chown {3} {4}  (от root) или возьмите копию

        {1} is set to nothing; unset it, or give it a value
        {1} задана пустой; уберите ее или задайте значение

        {1} is given nothing; leave it out, or give it a value
        {1}: значение пустое; уберите или задайте его

        the CA file (tls-ca) is a pipe or a device; name a PEM file
        файл CA (tls-ca) — канал или устройство; укажите файл PEM

        '{1}' is not an IANA time zone; write one such as Europe/Berlin or UTC
        '{1}' — не часовой пояс IANA; укажите, например, Europe/Moscow или UTC

        '{1}' is not manual:<user>, scheduled or api:<client> with at most {2} characters
        '{1}' — не manual:<user>, scheduled или api:<client> длиной не более {2} {2:символа|символов|символов}

        this is not the name of a file; remove it to write no metrics
        это не имя файла; чтобы не писать метрики, уберите его

        this is not a web address to which /start and /fail can be appended; write one that begins with https:// and has no ? and no #
        это не веб-адрес, к которому можно дописать /start и /fail; он должен начинаться с https:// и быть без ? и #

        and
        и

        {1}: there is one password; give its file or the command that prints it, not both
        {1}: пароль один; укажите либо файл, либо команду, которая его печатает

        {1}: the password command failed: {2}
        {1}: команда, печатающая пароль, не выполнилась: {2}

        {1}: the password command ended with code {2}, not 0; run it by hand
        {1}: команда, печатающая пароль, завершилась с кодом {2}, а не 0; запустите ее вручную

        {1}: the password command printed nothing
        {1}: команда, печатающая пароль, ничего не напечатала

        {1} cannot be run: {2}
        не удалось запустить {1}: {2}

        it took longer than {1} seconds and was stopped
        работала дольше {1} {1:секунды|секунд|секунд} и была остановлена

        it printed more than {1} KiB and was stopped
        напечатала больше {1} КиБ и была остановлена

        it cannot be waited for: {1}
        не удалось дождаться завершения: {1}

        the name of the configuration file: {1}
        имя файла конфигурации: {1}

        {1} cannot be looked at: {2}; give this user the right to read it, or name another file
        нет доступа к {1}: {2}; дайте этому пользователю право на чтение или укажите другой файл

        give this user the right to read it
        дайте этому пользователю право на чтение

        the configuration file {1} is not UTF-8 text
        файл конфигурации {1} — не текст в UTF-8

        the configuration file {1} cannot be read: {2}
        не удалось прочитать файл конфигурации {1}: {2}

        {1}:{2}: {3} is set in line {4} already
        {1}:{2}: {3} уже задано в строке {4}

        {1}: this is not 'name = value'; comments begin with #
        {1}: это не 'имя = значение'; комментарии начинаются с #

        {1}: {2} has no value; remove the line to use the default
        {1}: у {2} нет значения; чтобы взять значение по умолчанию, уберите строку

        {1}: values are written without quotes
        {1}: значения пишутся без кавычек

        a password is never written here; use password-file, password-command or defaults-file
        пароль здесь не пишут; используйте password-file, password-command или defaults-file

        '{1}' is unknown; the names are {2}
        '{1}' неизвестно; есть {2}

        the configuration file {1} belongs to {2}, and may only be this user's or root's; look at it, then run: chown {3} {4}  (as root), or use a copy
        файл конфигурации {1} принадлежит {2}, а должен этому пользователю или root; посмотрите, что в нем, затем выполните: chown {3} {4}  (от root) или возьмите копию

        others may write the configuration file {1}; run: chmod go-w {2}
        в файл конфигурации {1} могут писать другие; выполните: chmod go-w {2}

        the configuration file {1} has a password-command, and others may put another file in its place, because {2} is theirs to write; run: chmod go-w {3}  (or move the file)
        в файле конфигурации {1} задан password-command, а другие могут подменить файл, потому что им можно писать в {2}; выполните: chmod go-w {3}  (или перенесите файл)
        """

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

        the password command runs as the service's user, without a home folder
        команда, печатающая пароль, выполняется от имени пользователя службы, без домашней директории

        every user may read a unit: write {1} into the configuration file instead
        юнит может прочитать любой пользователь: задайте {1} в файле конфигурации

        {1} {2} is not a full path; a service has no working folder
        {1} {2} — не полный путь; рабочей директории у службы нет

        the service runs as a user of systemd's making (DynamicUser), who may not write the metrics into {1}; name one who may: adduser --system --group pnbook, chgrp pnbook {2}, chmod g+w {3}, and let the service run as that user
        служба работает от имени временного пользователя systemd (DynamicUser), а ему нельзя писать метрики в {1}; укажите того, кому можно: adduser --system --group pnbook, chgrp pnbook {2}, chmod g+w {3}, и пусть служба работает от его имени

        the service runs as {1}, who may not write the metrics into {2}; for example: chgrp {3} {4} && chmod g+w {5}
        служба работает от имени {1}, которому нельзя писать метрики в {2}; например: chgrp {3} {4} && chmod g+w {5}

        {1} is not there, or its owner has no name; name the user who runs it
        {1} нет или у владельца нет имени; укажите пользователя, от имени которого запускать
        """
}
