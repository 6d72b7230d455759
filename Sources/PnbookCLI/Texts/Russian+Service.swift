extension RussianTexts {
    /// What `doctor` finds of the service that is installed.
    static let service = """
        the service is not given {1}
        служба не получает {1}

        the service's units do not let it write to {1}
        юниты службы не дают ей писать в {1}

        the service's units give it no network
        юниты службы оставляют ее без сети

        the service's units hide the homes of users from it, and a path of the configuration is in one
        юниты службы закрывают от нее домашние директории, а один из путей конфигурации лежит в такой директории

        the service runs as a user of systemd's making, who may not write to {1}
        служба работает от имени временного пользователя systemd, а ему нельзя писать в {1}

        the service runs as {1}, who may not write to {2}
        служба работает от имени {1}, которому нельзя писать в {2}

        the service's timer goes by {1}, and the configuration by {2}
        таймер службы идет по {1}, а в конфигурации задано {2}

        Print units for this configuration: pnbook service --user {1} --to /etc/systemd/system && systemctl daemon-reload
        Создайте юниты для этой конфигурации: pnbook service --user {1} --to /etc/systemd/system && systemctl daemon-reload

        Print units for this configuration: pnbook service --to /etc/systemd/system && systemctl daemon-reload
        Создайте юниты для этой конфигурации: pnbook service --to /etc/systemd/system && systemctl daemon-reload

        Give the file to {1}, with what lies beside it: chown {2}: {3}*
        Отдайте файл пользователю {1} вместе с тем, что лежит рядом: chown {2}: {3}*

        the service may not read {1}
        службе нельзя читать {1}

        the service starts {1}, and this program is {2}
        служба запускает {1}, а эта программа — {2}

        Let the service's user read it: chmod go+r {1}
        Разрешите пользователю службы читать его: chmod go+r {1}
        """
}
