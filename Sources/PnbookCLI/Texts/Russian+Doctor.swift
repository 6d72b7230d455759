extension RussianTexts {
    /// What `doctor` finds.
    static let doctor = """
        rights are missing
        не хватает прав

        a right is missing
        не хватает права

        rights are missing; for the migrations, another account can run 'pnbook migrate up'
        не хватает прав; миграции может применить и другая учетная запись: 'pnbook migrate up'

        {1}, from {2}
        {1}, из {2}

        {1}, the default: no database is configured
        {1}, по умолчанию: база данных не настроена

        {1} is set and is not a setting of pnbook
        задана переменная {1}, а такой настройки у pnbook нет

        MYSQL_PWD holds a password that other processes may read
        в MYSQL_PWD лежит пароль, который могут прочитать другие процессы

        runs are reported to {1}
        о запусках сообщается на {1}

        pings need curl, and it is not installed
        для пингов нужен curl, а он не установлен

        others may read {1}, and with it the monitor's address
        {1} могут читать другие, а там адрес монитора

        it has {1} names (hard links): two programs that open it by different ones do not see each other, and destroy what the other writes
        у файла имен (жестких ссылок): {1}; две программы, открывшие его под разными именами, не видят друг друга и портят записанное другой

        find / -xdev -samefile {1}  (and keep one of them)
        find / -xdev -samefile {1}  (и оставьте одно)

        Give metrics a file of their own
        Отведите под метрики отдельный файл

        node_exporter reads no file of this name: {1}
        файл с таким именем node_exporter не читает: {1}

        End it in .prom
        Дайте имя, которое кончается на .prom

        metrics cannot be written to {1}: {2}
        не удается записать метрики в {1}: {2}

        Give this user the right to write {1}, or name another file (PNBOOK_METRICS)
        Дайте этому пользователю право на запись в {1} или укажите другой файл (PNBOOK_METRICS)

        all, also for pending migrations
        все, в том числе для еще не примененных миграций

        all that 'create' needs
        все, что нужно для 'create'

        without more of them runs do not record what was active before, and remove nothing once a book is pinned
        без остальных прав запуски не записывают, какая книга была активной до этого, и ничего не удаляют, как только закреплена хоть одна книга

        as {1}
        от имени {1}

        the user may have {1} at once, and a run needs {2}
        пользователю разрешено одновременно {1}, а запуску нужно {2}

        the server is switched to read-only
        сервер переведен в режим только для чтения

        the primary server
        основной сервер

        if this is it: SET GLOBAL read_only = OFF;
        если это он и есть: SET GLOBAL read_only = OFF;

        {1} bytes are too few for the result of a task
        {1} {1:байта|байт|байт} мало для результата задания

        {1} bytes
        {1} {1:байт|байта|байт}

        {1} is older than {2}.{3}
        версия {1} ниже {2}.{3}

        Use {1} {2}.{3} or newer
        Нужна {1} {2}.{3} или новее

        the server logs this user in as its anonymous account, which takes precedence by its host
        сервер впускает этого пользователя под анонимной учетной записью: у нее приоритет из-за хоста

        DROP USER ''@'localhost';  (on the server, by the host that 'reachable' shows)
        DROP USER ''@'localhost';  (на сервере, с хостом из строки 'доступность')

        {1}; this node takes no statements
        {1}; этот узел запросов не принимает

        another node
        другой узел

        bring this one back into the cluster
        верните этот в кластер

        the server's and this machine's agree
        часы сервера и этой машины сходятся

        the server's clock is {1} ahead of this machine's, and a run that writes is refused
        часы сервера спешат относительно часов этой машины на {1}, запуски с записью отклоняются

        the server's clock is {1} behind this machine's, and a run that writes is refused
        часы сервера отстают от часов этой машины на {1}, запуски с записью отклоняются

        timedatectl set-ntp true  (on both)
        timedatectl set-ntp true  (на обеих)

        the server's clock is {1} s ahead of this machine's, which dates the books
        часы сервера спешат на {1} с относительно этой машины, а книги датируются по ее часам

        the server's clock is {1} s behind this machine's, which dates the books
        часы сервера отстают на {1} с от этой машины, а книги датируются по ее часам

        the items' texts are {1}, which cannot hold every character
        тексты позиций в {1}, куда помещаются не все символы

        the items' keys are {1}, as another program made them: right, but 'show', 'diff' and 'verify' make the server sort
        ключи позиций в {1}, как их создала другая программа: это верно, но 'show', 'diff' и 'verify' заставляют сервер сортировать

        the items' keys are {1}
        ключи позиций в {1}

        nothing has run yet
        запусков еще не было

        process {1} on {2}
        процесс {1} на {2}

        an unknown process
        неизвестный процесс

        {1} is stalled: no heartbeat of {2} for {3} s
        {1} завис: {2} не подает сигналов активности {3} с

        {1} may be dead: no heartbeat of {2} for {3} s by this machine's clock{4}
        {1}, возможно, погиб: {2} не подает сигналов активности {3} с по часам этой машины{4}

        {1} is presumed dead: {2} is gone. The next run closes it and starts at once
        {1} считается погибшим: {2} исчез. Следующий запуск закроет его и начнется сразу

        {1} is running: {2}, {3}
        {1} выполняется: {2}, {3}

        no book has been made yet
        ни одной книги еще не создано

        the last book was made {1} ago, at {2}
        последняя книга создана {1} назад, {2}

        the last one ended as {1}: {2}
        последний — {1}: {2}

        {1}; a timer had made {2} in the week before
        {1}; за неделю до того по таймеру создано: {2}

        the last one failed: {1}
        последний закончился ошибкой: {1}

        no book has been made
        ни одной книги не создано

        no book since {1}
        новых книг нет с {1}

        the last run was refused
        последний запуск отклонен

        the last run failed
        последний запуск закончился ошибкой

        {1} runs in a row have failed, and the last one was refused
        неудачных запусков подряд: {1}, последний отклонен

        {1} runs in a row have failed, and the last one failed
        неудачных запусков подряд: {1}, последний закончился ошибкой

        {1} are applied; the sources are as needed
        применены {1}; исходные таблицы в порядке

        missing, and runs do without: {1}. Books cannot be pinned, and what was active before is inferred from ids
        не хватает таблиц, без которых запуски обходятся: {1}. Закреплять книги нельзя, а какая книга была активной раньше, выводится из id

        there is no book yet
        книг пока нет

        {1}, {2} is active
        {1}, активна {2}

        {1} kept for good
        хранится бессрочно: {1}

        {1} (id {2}) was pinned and has been removed, by hand or by a program before 0.2, which knows no pins
        {1} (id {2}) была закреплена и удалена — вручную или программой до версии 0.2, которая не знает закреплений

        {1} would be removed, which needs approval
        к удалению: {1}, нужно подтверждение

        {1}. By this machine's clock it is {2}
        {1}. По часам этой машины сейчас {2}

        {1}, verify-full: verified by {2} and the host's name
        {1}, verify-full: сервер подтвержден ({2}), имя хоста тоже

        {1}, {2}: verified by {3}, not by the host's name
        {1}, {2}: сервер подтвержден ({3}), имя хоста не проверялось

        {1}, {2}: accepted by the password's proof; no CA that is known has signed the certificate, and the host's name is not looked at
        {1}, {2}: сервер подтвержден знанием пароля; сертификат не подписан ни одним известным CA, имя хоста не проверялось

        {1}, {2}: verified by the fingerprint in the option file
        {1}, {2}: сервер подтвержден отпечатком из файла опций

        {1}, but the server is not verified: the client library takes this machine's own address as it is
        {1}, но сервер не проверен: собственному адресу этой машины клиентская библиотека верит на слово

        Add tls-ca=FILE to the URL, or use the server's socket: {1}
        Добавьте tls-ca=FILE в URL или подключайтесь через сокет сервера: {1}

        the CA in {1}
        CA из {1}

        a CA that this machine knows
        CA, известный этой машине

        {1}, but the server is not verified ({2})
        {1}, но сервер не проверен ({2})

        Give the server's CA with tls-ca=FILE in place of {1} in the URL; or put the certificate's fingerprint into the option file: [pnbook] ssl-fp=...
        Вместо {1} укажите в URL CA сервера: tls-ca=FILE; или внесите отпечаток сертификата в файл опций: [pnbook] ssl-fp=...

        Leave {1} out of the URL; or put the certificate's fingerprint into the option file: [pnbook] ssl-fp=...
        Уберите {1} из URL; или внесите отпечаток сертификата в файл опций: [pnbook] ssl-fp=...

        none, over a socket of this machine
        не нужен: подключение через сокет этой машины

        this connection is not encrypted: password and books can be read on the way
        соединение не шифруется: пароль и книги можно прочитать по дороге

        {1}; the server has no TLS
        {1}; на сервере нет TLS

        Give the server a certificate (ssl_cert and ssl_key), then leave tls=disable out of the URL; or, on the server's own machine, use its socket: {1}
        Дайте серверу сертификат (ssl_cert и ssl_key) и уберите tls=disable из URL; или, если это машина самого сервера, подключайтесь через его сокет: {1}

        , and add tls-ca=FILE where no CA that this machine knows has signed for it
        , а если сертификат не подписан известным этой машине CA, добавьте tls-ca=FILE

        Leave tls=disable out of the URL{1}
        Уберите tls=disable из URL{1}

        another book of {1} fits{2}
        еще одна книга ({1}) поместится{2}

        {1} has {2} bytes free, and the sort may need {3}
        в {1} свободно {2} {2:байт|байта|байт}, а сортировке может понадобиться {3}

        Make room there, or set TMPDIR to a folder with more
        Освободите там место или укажите в TMPDIR директорию, где его больше

        ; books take {1} MiB now
        ; сейчас книги занимают {1} МиБ
        """
}
