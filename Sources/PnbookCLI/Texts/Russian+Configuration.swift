extension RussianTexts {
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

        '{1}' is not an IANA time zone that this machine knows; write one such as Europe/Berlin or UTC
        '{1}' — не часовой пояс IANA; укажите, например, Europe/Moscow или UTC

        '{1}' is not known here: there is no time zone database; install tzdata, or use UTC
        '{1}' здесь неизвестен: нет базы часовых поясов; установите tzdata или используйте UTC

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
}
