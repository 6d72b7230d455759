extension RussianTexts {
    /// What to do next, in the words of the command line.
    static let remedies = """
        Make a new book with 'pnbook create'
        Создайте новую книгу: 'pnbook create'

        Make a new book with 'pnbook create'; it takes the place of {1}
        Создайте новую книгу: 'pnbook create'; она заменит {1}

        Make the first book with 'pnbook create --migrate'
        Создайте первую книгу: 'pnbook create --migrate'

        Choose one with 'pnbook activate BOOK', or make one with 'pnbook create'
        Выберите книгу командой 'pnbook activate BOOK' или создайте новую: 'pnbook create'

        Give an id or a version of 'pnbook list', or 'active', 'previous' or 'newest'
        Укажите id или версию из 'pnbook list' либо 'active', 'previous' или 'newest'

        Forget it with 'pnbook unpin {1}'
        Снимите закрепление: 'pnbook unpin {1}'

        Look with 'pnbook diff catalogue', then complete the catalogue; or, if that is right, run 'pnbook create --allow-shrink'
        Посмотрите 'pnbook diff catalogue' и дополните каталог; если все верно, запустите 'pnbook create --allow-shrink'

        pnbook diff catalogue, then complete the catalogue; or: pnbook create --allow-shrink
        pnbook diff catalogue и дополните каталог, либо: pnbook create --allow-shrink

        Look with 'pnbook list', then run again
        Посмотрите 'pnbook list' и запустите еще раз

        Look with 'pnbook list' once it is back
        Когда база снова будет доступна, посмотрите 'pnbook list'

        If that is right, run again with --allow-shrink
        Если так и должно быть, запустите еще раз с --allow-shrink

        Look with 'pnbook prune --dry-run', then run 'pnbook prune --approve {1}'
        Посмотрите 'pnbook prune --dry-run', затем запустите 'pnbook prune --approve {1}'

        Look again with 'pnbook prune --dry-run'
        Посмотрите еще раз: 'pnbook prune --dry-run'

        Set the clock (timedatectl set-ntp true); where this time is meant, add --now {1}
        Выставьте часы (timedatectl set-ntp true); если нужно именно это время, добавьте --now {1}

        An empty database is filled with 'pnbook load DIR'
        Пустую базу заполняет 'pnbook load DIR'

        To put this one in its place, add --replace
        Чтобы заменить то, что есть, добавьте --replace

        Name an empty schema in --database. If every row of the catalogue in {1} is to be deleted and replaced, add --replace
        Укажите пустую схему в --database. Если нужно удалить и заменить все строки каталога в {1}, добавьте --replace

        Look with 'pnbook migrate plan'
        Посмотрите 'pnbook migrate plan'

        Look with 'pnbook migrate status'
        Посмотрите 'pnbook migrate status'

        Look with 'pnbook migrate plan', then run 'pnbook migrate up' or 'pnbook create --migrate'
        Посмотрите 'pnbook migrate plan', затем запустите 'pnbook migrate up' или 'pnbook create --migrate'

        Run 'pnbook migrate up': it looks at what is there and does the rest
        Запустите 'pnbook migrate up': команда проверит, что уже сделано, и доделает остальное

        It comes with migration {1}, add --migrate
        Это появляется с миграцией {1}: добавьте --migrate

        Wait for it with --wait, see 'pnbook task show {1}', or stop it with 'pnbook task cancel {2}'
        Дождитесь его с --wait, посмотрите 'pnbook task show {1}' или остановите: 'pnbook task cancel {2}'

        Wait for it with --wait, or try again
        Дождитесь его с --wait или повторите попытку

        See 'pnbook task show {1}'
        Смотрите 'pnbook task show {1}'

        Watch it with 'pnbook task watch {1}'
        Следить за ним: 'pnbook task watch {1}'

        Stop it with 'pnbook task cancel {1}', or end that process
        Остановите его: 'pnbook task cancel {1}', или завершите тот процесс

        See 'pnbook task list'
        Смотрите 'pnbook task list'

        Look with 'systemctl status pnbook.timer', or run 'pnbook create'
        Посмотрите 'systemctl status pnbook.timer' или запустите 'pnbook create'

        Look with 'pnbook config show'
        Посмотрите 'pnbook config show'

        Check the path after sqlite: and the rights on its folder; 'pnbook load DIR' makes a new database
        Проверьте путь после sqlite: и права на его директорию; новую базу создает 'pnbook load DIR'

        Check host, port or socket in the URL, and that the server is running
        Проверьте хост, порт или сокет в URL и то, что сервер запущен

        Check the schema's name in the URL; the server knows no such schema, or make it with CREATE DATABASE
        Проверьте имя схемы в URL: на сервере такой нет; либо создайте ее: CREATE DATABASE

        Name {1} in --database; or {2}
        Укажите в --database {1}; или {2}

        Check the user in the URL and the password (--password-file or --defaults-file)
        Проверьте пользователя в URL и пароль (--password-file или --defaults-file)

        Check the user in the URL and the password (--password-file or --defaults-file); {1}
        Проверьте пользователя в URL и пароль (--password-file или --defaults-file); {1}

        {1}, and use --password-file or --defaults-file
        {1}; пароль передавайте через --password-file или --defaults-file

        An administrator can give the right: {1};
        Право может выдать администратор: {1};

        An administrator can give the right: {1}; (where the server then knows no such table, first, as an administrator: pnbook migrate up)
        Право может выдать администратор: {1}; (если сервер ответит, что такой таблицы нет, сначала от имени администратора: pnbook migrate up)

        An administrator can give the right: {1}; or the schema in the URL has another name
        Право может выдать администратор: {1}; либо схема в URL названа неверно

        An administrator can give the rights: {1}
        Права может выдать администратор: {1}

        {1}, or go by the certificate's fingerprint: tls=require, and in the option file (--defaults-file) [pnbook] ssl-fp=SHA-256
        {1} или сверяйте отпечаток сертификата: tls=require, а в файле опций (--defaults-file) [pnbook] ssl-fp=SHA-256

        To fix it: {1}
        Чтобы исправить: {1}

        That must be done by hand first, then run again
        Сначала сделайте это вручную, затем запустите еще раз

        Try again
        Повторите попытку

        Run again later
        Запустите еще раз позже

        Another process holds what is needed; try again later
        Нужное занято другим процессом; повторите позже

        Make room for the database
        Освободите место для базы

        Give the name of a file that does not exist yet
        Укажите имя файла, которого еще нет

        Give another name; or, to put this one in its place, add --replace
        Укажите другое имя; чтобы заменить существующий файл, добавьте --replace

        'pnbook doctor' looks for the cause
        Причину поищет 'pnbook doctor'

        pnbook prune --dry-run, then pnbook prune --approve {1}
        pnbook prune --dry-run, затем pnbook prune --approve {1}

        pnbook load DIR, or another schema in --database
        pnbook load DIR или другая схема в --database

        pnbook task cancel {1}, or end that process
        pnbook task cancel {1} или завершите тот процесс

        systemctl status mariadb  (on the server)
        systemctl status mariadb  (на сервере)

        pnbook load DIR, or another path in --database
        pnbook load DIR или другой путь в --database

        systemctl status pnbook.timer, or: pnbook create
        systemctl status pnbook.timer, либо: pnbook create

        CREATE DATABASE ...; or another schema in --database
        CREATE DATABASE ...; или другая схема в --database
        """
}
