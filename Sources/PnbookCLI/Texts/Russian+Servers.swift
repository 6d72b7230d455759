extension RussianTexts {
    /// What is said of several servers, of clusters and of replicas.
    static let servers = """
        the database URL's host number {1} is neither a name nor an address
        хост номер {1} в URL базы — не имя и не адрес

        the port of the database URL's host number {1} is not a number from 1 to 65535
        порт хоста номер {1} в URL базы — не число от 1 до 65535

        the database URL's host number {1} is empty: a comma is missing its host
        хост номер {1} в URL базы пуст: рядом с запятой нет хоста

        the database URL's host number {1} is one that it names before
        хост номер {1} в URL базы уже назван в нем раньше

        the database URL names a user before more than one of its hosts
        в URL базы пользователь указан перед несколькими хостами

        the database URL names a socket beside several hosts, and a socket is one server's
        в URL базы рядом с несколькими хостами указан сокет, а сокет бывает только у одного сервера

        the database URL's replica is unknown; there is replica=write
        значение replica в URL базы неизвестно; есть replica=write

        Write the user once and each host once: mariadb://user@host1,host2:3307,[::1]:3306/schema
        Укажите пользователя один раз и каждый хост один раз: mariadb://user@host1,host2:3307,[::1]:3306/schema

        Leave out the socket, or name the one host that has it
        Уберите сокет или оставьте один хост, у которого он есть

        this machine's MariaDB client library {1} does not verify one of several addresses by their name
        клиентская библиотека MariaDB {1} на этой машине не проверяет один из нескольких адресов по их общему имени

        Use another one; or name each address as a host of its own in the URL
        Возьмите другую или укажите в URL каждый адрес отдельным хостом

        the node is not ready (wsrep_ready=OFF, {1})
        узел не готов (wsrep_ready=OFF, {1})

        the node has lost its cluster (wsrep_cluster_status={1})
        узел потерял свой кластер (wsrep_cluster_status={1})

        {1}; or this node, {2} behind its cluster, has not caught up in time
        {1}; либо этот узел, отставший от кластера на {2}, не догнал его за отведенное время

        none of the {1} servers can be used: {2}
        ни один из {1} серверов использовать нельзя: {2}

        the server has not let us in within {1} s
        сервер не впустил за {1} с

        not tried: the others took too long
        не опрошен: остальные отвечали слишком долго

        working on {1}; passed over: {2}
        работа идет на {1}; пропущены: {2}

        the server replicates {1} and takes writes all the same (read_only=OFF): a book that is made here is missing there, and stops the replication
        сервер — реплика {1}, но принимает записи (read_only=OFF): книги, созданной здесь, не будет там, и репликация остановится

        another one
        другого сервера

        {1}, stopped
        {1}, остановлена

        , {1} s behind
        , отстает на {1} с

        Write to the server that it replicates, and switch this one to read-only: SET GLOBAL read_only = ON;  Where this one has taken its place: STOP ALL REPLICAS; RESET REPLICA ALL;  Where both replicate each other and only this one is written to, add replica=write to the URL
        Пишите на основной сервер, а этот переведите в режим только для чтения: SET GLOBAL read_only = ON;  Если этот сервер занял его место: STOP ALL REPLICAS; RESET REPLICA ALL;  Если оба — реплики друг друга, а запись идет только сюда, добавьте в URL replica=write

        the server replicates {1}, and is written to as the URL says
        сервер — реплика {1}, и запись на него разрешена в URL

        {1} cannot be used: {2}
        {1} использовать нельзя: {2}

        {1}; it is passed over
        {1}; он пропускается

        Bring the node back into the cluster
        Верните узел в кластер

        , on {1}
        , на {1}

        , not ready
        , не готов

        , {1} behind
        , отстает на {1}

        , replicates {1}
        , реплика {1}

        , read-only
        , только для чтения

        , takes writes
        , принимает записи
        """
}
