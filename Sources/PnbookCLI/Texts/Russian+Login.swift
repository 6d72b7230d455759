extension RussianTexts {
    /// What is said of TLS to MariaDB.
    static let tls = """
        {1} ({2} in the option file) is not a file that can be read
        {1} ({2} в файле опций) — не файл, который можно прочитать

        Name a file in PEM form that this user may read, or take the line out
        Укажите файл в формате PEM, доступный этому пользователю для чтения, или уберите строку

        this machine's MariaDB client library {1} verifies no CA without the host's name
        клиентская библиотека MariaDB {1} на этой машине не проверяет CA без имени хоста

        Say tls=verify-full with the name that is in the certificate
        Укажите tls=verify-full и имя, которое стоит в сертификате

        ssl-ca in the option file
        ssl-ca в файле опций

        the CA file {1} ({2}) {3}
        файл CA {1} ({2}): {3}

        cannot be read: {1}
        не удалось прочитать: {1}

        is a folder
        это директория

        is a device or a pipe
        это устройство или канал

        holds no certificate in PEM form
        в нем нет сертификата в формате PEM

        Name the PEM file of the CA that has signed the server's certificate, which this user may read
        Укажите доступный этому пользователю PEM-файл того CA, который подписал сертификат сервера

        this machine's MariaDB client library {1} does not verify the server
        клиентская библиотека MariaDB {1} на этой машине не проверяет сервер

        Use another one; or, where an unverified server is wanted, say tls=require in the URL
        Возьмите другую; если проверять сервер не нужно, укажите tls=require в URL

        TLS is asked for, but the server does not support it
        запрошен TLS, а сервер его не поддерживает

        {1} ({2} shows it)
        {1} (его покажет {2})

        The server's certificate has expired: renew it on the server (ssl_cert), then: FLUSH SSL; or set this machine's clock right, if it is wrong
        Срок действия сертификата сервера истек: обновите его на сервере (ssl_cert), затем: FLUSH SSL; или, если часы этой машины неверны, исправьте их

        The server's certificate is for later: set the clock of this machine or of the one that made the certificate right, or give the server another one (ssl_cert)
        Сертификат сервера еще не действует: исправьте часы этой машины или той, где он сделан, либо дайте серверу другой (ssl_cert)

        The server's certificate has been revoked by its CA: give the server another one (ssl_cert), then: FLUSH SSL
        Сертификат сервера отозван его CA: дайте серверу другой (ssl_cert), затем: FLUSH SSL

        The server shows another certificate than the one whose fingerprint is in the option file (ssl-fp): {1} shows which{2}
        Сервер предъявил не тот сертификат, отпечаток которого указан в файле опций (ssl-fp): какой именно, покажет {1}{2}

        The server and {1} have no version of TLS or no cipher in common: let the server offer TLSv1.2 and TLSv1.3 (tls_version, ssl_cipher)
        У сервера и {1} нет общей версии TLS или общего шифра: пусть сервер предлагает TLSv1.2 и TLSv1.3 (tls_version, ssl_cipher)

        Look what the server offers: {1}
        Посмотрите, что предлагает сервер: {1}

        ; {1} knows SHA-1 fingerprints only
        ; для {1} годятся только отпечатки SHA-1

        this machine's MariaDB client library {1}
        клиентской библиотеки MariaDB {1} на этой машине

        The server has no TLS, and a socket of this machine needs none: leave tls out of the URL
        На сервере нет TLS, а для сокета этой машины он и не нужен: уберите tls из URL

        The server has no TLS: give it a certificate (ssl_cert and ssl_key, in its configuration); or, where pnbook runs on the server's own machine, use its socket: {1}; or say tls=disable, where no one can listen on the way
        На сервере нет TLS: дайте ему сертификат (ssl_cert и ssl_key в его конфигурации); или, если pnbook работает на машине сервера, подключайтесь через сокет: {1}; или, если подслушать по дороге некому, укажите tls=disable

        The server's certificate is self-signed. MariaDB 11.4 and newer make one at each start where they are given none, and no CA file goes with it. Where pnbook runs on the server's own machine, use its socket: {1}. Else give the server a certificate (ssl_cert and ssl_key) and its CA here (tls-ca=FILE){2}{3}
        Сертификат сервера самоподписанный. MariaDB 11.4 и новее сама делает такой при каждом старте, если другого нет, и файла CA к нему не бывает. Если pnbook работает на машине сервера, подключайтесь через сокет: {1}. Иначе дайте серверу сертификат (ssl_cert и ssl_key), а здесь укажите его CA (tls-ca=FILE){2}{3}

        , or accept an unverified server with tls=require
        , или согласитесь на непроверенный сервер: tls=require

        ; or give the account a password, by which a server from 11.4 on proves itself to {1}
        ; или задайте учетной записи пароль: с 11.4 сервер подтверждает им себя для {1}

        The server's certificate is self-signed, and is not the one in {1}. Where the server makes it again at each start (MariaDB 11.4 and newer, where they are given none), no file goes with it: use the socket on the server's own machine ({2}), give the server a certificate (ssl_cert and ssl_key), or accept an unverified server: tls=require in place of tls-ca
        Сертификат сервера самоподписанный, и это не тот, что в {1}. Если сервер делает его заново при каждом старте (MariaDB 11.4 и новее, если другого нет), файла к нему не бывает: на машине сервера подключайтесь через сокет ({2}), дайте серверу сертификат (ssl_cert и ssl_key) или согласитесь на непроверенный сервер: tls=require вместо tls-ca

        The server's certificate is signed by a CA that this machine does not know: give the CA's file with tls-ca=FILE{1}
        Сертификат сервера подписан CA, которого эта машина не знает: укажите файл CA: tls-ca=FILE{1}

        The server's certificate is not signed by the CA in {1}: name the file of the CA that has signed it ({2} shows which)
        Сертификат сервера подписан не тем CA, что в {1}: укажите файл того CA, который его подписал (его покажет {2})

        The server's certificate is for another name than {1}: put the name that is in it into the URL
        Сертификат сервера выдан не на имя {1}: укажите в URL имя, которое в нем стоит

        {1} ({2} shows it), or let any name do with tls=verify-ca{3}
        {1} (его покажет {2}), или разрешите любое имя: tls=verify-ca{3}
        """

    /// What is said of accounts that are not let in.
    static let login = """
        The server knows no account of the user in the URL, and treats it as the anonymous one: check the user, or make the account (CREATE USER)
        Сервер не знает пользователя из URL и считает его анонимным: проверьте имя или создайте учетную запись (CREATE USER)

        Give {1} the right, or run as another user
        Дайте {1} это право или запустите от имени другого пользователя

        The account is for the operating system's user of the same name (unix_socket): run as that user, or give it a password: ALTER USER {1} IDENTIFIED BY '...';
        Учетная запись предназначена для одноименного пользователя ОС (unix_socket): запустите от его имени или задайте пароль: ALTER USER {1} IDENTIFIED BY '...';

        The account is locked; an administrator can open it: ALTER USER {1} ACCOUNT UNLOCK;
        Учетная запись заблокирована; администратор может ее открыть: ALTER USER {1} ACCOUNT UNLOCK;

        The server has not loaded the plugin by which the account logs in; an administrator can: INSTALL SONAME '...';
        На сервере не загружен плагин, через который входит учетная запись; администратор может его загрузить: INSTALL SONAME '...';

        Leave tls=disable out of the URL: the server takes encrypted connections only (require_secure_transport)
        Уберите tls=disable из URL: сервер принимает только шифрованные соединения (require_secure_transport)

        The server knows no account that may come from this machine; an administrator can make one: CREATE USER {1} IDENTIFIED BY '...';
        На сервере нет учетной записи, которой можно входить с этой машины; администратор может ее создать: CREATE USER {1} IDENTIFIED BY '...';

        Too many broken connections have come from this machine; an administrator can let it in again: FLUSH HOSTS;
        С этой машины было слишком много оборванных соединений; администратор может снова ее впустить: FLUSH HOSTS;

        The name {1} is not known on this machine: check it in the URL (getent hosts {2})
        Имя {1} на этой машине неизвестно: проверьте его в URL (getent hosts {2})

        an account or a server that demands TLS (REQUIRE SSL, require_secure_transport) refuses a login with tls=disable
        если учетная запись или сервер требует TLS (REQUIRE SSL, require_secure_transport), с tls=disable войти нельзя

        an account that demands a certificate (REQUIRE X509) needs ssl-cert and ssl-key in the option file
        если учетная запись требует сертификат (REQUIRE X509), нужны ssl-cert и ssl-key в файле опций

        Verify the server: tls-ca=FILE in place of {1} in the URL, or the fingerprint of its certificate as ssl-fp in the option file
        Проверяйте сервер: tls-ca=FILE вместо {1} в URL или отпечаток его сертификата как ssl-fp в файле опций

        Verify the server: leave {1} out of the URL
        Проверяйте сервер: уберите {1} из URL

        {1}; or let an administrator give the account a plugin that does not ask for the password: ALTER USER {2} IDENTIFIED VIA ed25519 USING PASSWORD('...');
        {1}; или пусть администратор сменит учетной записи плагин на такой, который не запрашивает сам пароль: ALTER USER {2} IDENTIFIED VIA ed25519 USING PASSWORD('...');

        (parsec comes with 3.4, in Debian 13)
        (parsec появился в 3.4, это Debian 13)

        Neither user nor password is wrong: the account logs in by the plugin {1}, which this machine's MariaDB client library {2} has not. Use one that has it{3}, or let an administrator change the account: ALTER USER {4} IDENTIFIED VIA ed25519 USING PASSWORD('...');
        Пользователь и пароль ни при чем: учетная запись входит через плагин {1}, а в клиентской библиотеке MariaDB {2} на этой машине его нет. Возьмите ту, где он есть{3}, или пусть администратор изменит учетную запись: ALTER USER {4} IDENTIFIED VIA ed25519 USING PASSWORD('...');
        """
}
