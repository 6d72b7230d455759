extension RussianTexts {
    /// What SQLite's driver says of the file and of what lies beside it.
    static let sqlite = """
        the write-ahead log would grow by at least {1} bytes, and the disk has {2}
        журнал упреждающей записи (WAL) вырос бы не меньше чем на {1} {1:байт|байта|байт}, а на диске свободно {2}

        more than one statement
        больше одного запроса

        file is not a database
        файл — не база данных

        there is no such file
        такого файла нет

        {1}; check the rights on the folders of the path
        {1}; проверьте права на директории в пути

        this is a symbolic link that leads nowhere
        это символическая ссылка в никуда

        this is a folder
        это директория

        this is a symbolic link, and none is followed beside a database
        это символическая ссылка, а рядом с базой по ссылкам не ходят

        this is a pipe
        это канал

        this is a socket
        это сокет

        this is a device
        это устройство

        the file cannot be made: {1}
        не удалось создать файл: {1}

        belongs to a database that is gone, and would corrupt a new one
        остался от базы, которой уже нет, и испортил бы новую

        is not a log of SQLite's, which would overwrite it
        — не журнал SQLite, и SQLite его перезапишет

        Move it away; the next run makes a new file
        Уберите его в сторону; следующий запуск создаст новый файл

        Move it away, or check the path
        Уберите его в сторону или проверьте путь

        this user may not write the file or its folder
        этому пользователю нельзя писать в файл или в его директорию

        this process gets no more memory
        процессу больше не дают памяти

        Raise its limit (ulimit -v), or free memory
        Поднимите предел (ulimit -v) или освободите память

        this process may open no more files
        этот процесс больше не может открывать файлы

        Raise the limit (ulimit -n; LimitNOFILE= in a unit)
        Поднимите предел (ulimit -n; LimitNOFILE= в юните)

        this machine can open no more files
        на этой машине больше нельзя открывать файлы

        its file system is read-only
        файловая система доступна только для чтения

        Mount it writable, or use a copy in a folder that can be written
        Смонтируйте ее с записью или возьмите копию в директории, куда можно писать

        the limit on the size of files is reached (ulimit -f)
        достигнут предел размера файлов (ulimit -f)

        no room is left on the disk
        на диске нет места

        the quota of the disk is used up
        дисковая квота исчерпана

        the lock file {1}: {2}
        файл блокировки {1}: {2}

        cannot open the lock file {1}: {2}
        не удалось открыть файл блокировки {1}: {2}

        cannot lock {1}: {2}
        не удалось заблокировать {1}: {2}

        the file was written while it was read without the right to lock it
        файл читали без права его блокировать, и в это время в него писали

        a run was cut off, and what it left in {1}-journal has to be undone before anything is read
        какой-то запуск оборвался, и прежде чем читать, надо откатить то, что осталось в {1}-journal

        the last changes are in {1}-wal, and this user can read them only together with {2}-shm
        последние изменения лежат в {1}-wal, а прочитать их этот пользователь может только вместе с {2}-shm

        Copy the file and what lies beside it to a folder that can be written, or mount it writable and let a user who may write it read it once, after which the file is whole by itself
        Скопируйте файл вместе с тем, что лежит рядом, туда, куда можно писать, или смонтируйте с записью, и пусть его один раз прочитает пользователь с правом на запись: после этого файл станет целым

        Give this user the right to read the files beside it, or let a user who may write it read it once, after which the file is whole by itself
        Дайте этому пользователю право читать файлы рядом или пусть файл один раз прочитает пользователь с правом на запись: после этого файл станет целым

        this user may not open it
        этому пользователю нельзя его открыть

        Give this user the rights on the file and on its folder, or run as the user they belong to
        Дайте этому пользователю права на файл и его директорию или запускайте от имени их владельца
        """
}
