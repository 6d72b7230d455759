extension RussianTexts {
    /// Headings, and words that stand alone: in a table, a calendar or a message.
    static let words = """
        active
        активная

        previous
        предыдущая

        pinned
        закреплена

        future
        будущая

        goes
        уйдет

        version
        версия

        created
        создана

        activated
        активирована

        items
        позиций

        by
        кем

        kept as
        хранится как

        removed as
        причина удаления

        why
        почему

        setting
        настройка

        value
        значение

        from
        откуда

        migration
        миграция

        state
        состояние

        when and who
        когда и кем

        task
        задание

        type
        тип

        status
        состояние

        started
        начато

        ended
        закончено

        not yet
        еще нет

        heartbeat
        сигнал активности

        cancel
        отмена

        message
        сообщение

        error
        ошибка

        book
        книга

        holds
        содержит

        digest
        контрольная сумма

        recorded
        записано

        until
        хранится

        then
        затем

        assuming
        допущение

        night
        ночь

        keep
        оставить

        kept
        остается

        remove
        удалить

        removed
        удалено

        to remove
        к удалению

        would be removed
        будет удалено

        removed by the next retention
        будет удалено в следующий раз

        held back
        отложено

        read
        прочитано

        left out
        исключено

        expanded
        развернуто

        merged
        слито

        conflicts
        расхождения

        in the book
        в книге

        added
        добавлено

        changed
        изменено

        re-mapped
        переназначено

        the same
        без изменений

        primary flag
        признак основного

        ok
        ok

        BROKEN
        ОШИБКА

        note
        инфо

        primary
        основной

        not primary
        не основной

        no description
        без описания

        daily
        по дням

        weekly
        по неделям

        monthly
        по месяцам

        yearly
        по годам

        day
        день

        week
        неделю

        month
        месяц

        year
        год

        every day
        ежедневно

        every {1} days
        раз в {1} {1:день|дня|дней}

        Jan
        янв

        Feb
        фев

        Mar
        мар

        Apr
        апр

        May
        май

        Jun
        июн

        Jul
        июл

        Aug
        авг

        Sep
        сен

        Oct
        окт

        Nov
        ноя

        Dec
        дек

        Mon
        пн

        Tue
        вт

        Wed
        ср

        Thu
        чт

        Fri
        пт

        Sat
        сб

        Sun
        вс
        """
}
