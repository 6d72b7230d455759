extension RussianTexts {
    /// What is said of a command line, and of what a command meets before and after its work.
    static let commands = """
        Written: {1} and {2}. Now run: systemctl daemon-reload && systemctl enable --now {3}
        Записаны {1} и {2}. Теперь выполните: systemctl daemon-reload && systemctl enable --now {3}

        {1} is for the units of the page; add --web, or leave it out
        {1} относится к юнитам страницы; добавьте --web или уберите этот ключ

        --listen '{1}' is not an address of this machine alone; write one such as 127.0.0.1:8787 or unix:/run/pnbook-web/web.sock, and put a proxy with TLS in front
        --listen '{1}' — не адрес только этой машины; укажите, например, 127.0.0.1:8787 или unix:/run/pnbook-web/web.sock, а перед ним поставьте прокси с TLS

        warning:
        предупреждение:

        error:
        ошибка:

        as in the last run: {1}
        как и в прошлый запуск: {1}

        attempt {1} failed, the next one follows: {2}
        попытка {1} не удалась, за ней следующая: {2}

        a .{1} file is not for a terminal; redirect standard output to a file or a pipe
        файл .{1} не для терминала; перенаправьте стандартный вывод в файл или канал

        --retry-for '{1}' is not a duration; write one such as 90s, 30m or 1h
        --retry-for '{1}' — не длительность; укажите, например, 90s, 30m или 1h

        --on-failure '{1}' is not a unit's name; write one such as pnbook-failed@%n.service
        --on-failure '{1}' — не имя юнита; укажите, например, pnbook-failed@%n.service

        --on-failure '{1}' is the service itself, which would start again for ever
        --on-failure '{1}' — это сама служба, она запускалась бы без конца

        the run ended with {1}
        запуск закончен, но есть {1}

        standard output
        стандартный вывод

        standard error
        стандартный поток ошибок

        cannot write to {1}: {2}
        не удалось записать в {1}: {2}

        {1}, but {2}
        {1}, но {2}

        {1}: undoing the work; a second one ends the program at once
        {1}: работа откатывается; второй сигнал завершит программу сразу

        {1}; looking again
        {1}; проверяем еще раз

        {1} is dated in the future, is kept and takes no part
        {1} датирована будущим числом: остается и в политике хранения не участвует

        book {1} of {2} is dated in the future, is kept and takes no part
        книга {1} из {2} датирована будущим числом: остается и в политике хранения не участвует

        the connection broke during the commit; a look afterwards found the book active
        соединение оборвалось во время фиксации; проверено после: книга активна

        {1} has no active book, and QuoteForge finds none in it; export 'active' or 'all' as well
        в {1} нет активной книги, и QuoteForge ее там не найдет; выгрузите и 'active' или 'all'

        {1} is of the engine {2}, which cannot be read as of one instant
        у {1} движок {2}, который нельзя прочитать по состоянию на один момент

        --keep-{1} {2} is negative; give zero or more
        --keep-{1} {2} меньше нуля; укажите ноль или больше

        --wait '{1}' is not a duration; write one such as 30s, 5m or 1h
        --wait '{1}' — не длительность; укажите, например, 30s, 5m или 1h

        --now '{1}' is not an instant; write a date and time with a zone, such as 2026-11-20T03:00:00Z
        --now '{1}' — не момент времени; укажите дату и время с часовым поясом, например 2026-11-20T03:00:00Z

        --max-lag is for --reader-database, which is not given
        --max-lag относится к --reader-database, а он не указан

        --max-lag must be 0 or more
        --max-lag должно быть не меньше 0

        --reader-password-file is for --reader-database, which is not given
        --reader-password-file относится к --reader-database, а он не указан

        --calendar draws for people; leave out --json
        --calendar рисует для людей; уберите --json

        an argument looks like a database's URL, which belongs after --database, or like a password; it is not repeated here
        один из аргументов похож на URL базы, которому место после --database, или на пароль; здесь он не повторяется

        --years {1} is not between 1 and 100
        --years {1} — не от 1 до 100

        --every '{1}' is not a number of days or weeks; write one such as 1d, 7d or 2w
        --every '{1}' — не число дней или недель; укажите, например, 1d, 7d или 2w

        --books brings its own dates; leave out --years and --every
        в --books даты свои; уберите --years и --every

        --at '{1}' is not a time of day; write one such as 03:30
        --at '{1}' — не время суток; укажите, например, 03:30

        --jitter '{1}' is not a duration up to 12h; write one such as 15m
        --jitter '{1}' — не длительность до 12h; укажите, например, 15m

        {1} is not there, or its owner has no name; say who runs it: --user NAME
        {1} нет или у владельца нет имени; укажите, от чьего имени запускать: --user NAME

        --program '{1}' is not a full path; systemd needs one
        --program '{1}' — не полный путь, а systemd нужен полный

        --created-by must have 1 to 100 characters
        в --created-by должно быть от 1 до 100 символов

        --older-than '{1}' is not a duration; write one such as 12h or 30d
        --older-than '{1}' — не длительность; укажите, например, 12h или 30d
        """
}
