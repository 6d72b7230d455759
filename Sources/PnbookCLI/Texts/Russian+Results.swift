extension RussianTexts {
    /// What commands answer about books.
    static let results = """
        There are no books.
        Книг нет.

        There are no books yet.
        Книг пока нет.

        There are no books yet; make one with 'pnbook create'.
        Книг пока нет; создать: 'pnbook create'.

        {1} kept ({2}2: two in that month){3}{4} {5}
        {1} остается ({2}2: две за месяц){3}{4} {5}

        {1}kept/all
        я  ф  м  а  м  и  и  а  с  о  н  д   ост/все

        {1} active   {2} previous   {3} pinned
        {1} активная   {2} предыдущая   {3} закреплена

        {1}   kept of all
        {1}   ост. из всех

        no books
        книг нет

        {1} none of {2} kept
        {1} не осталось ничего ({2})

        of
        из

        week          Mon Tue Wed Thu Fri Sat Sun
        неделя         Пн  Вт  Ср  Чт  Пт  Сб  Вс

        cannot be read
        не читается

        ; =: holds the same as the one before
        ; =: то же, что и в предыдущей по списку

        d, w, m, y: represents a day, week, month, year{1}
        d, w, m, y: представляет день, неделю, месяц, год{1}

        {1} (id {2}), active
        {1} (id {2}), активная

        {1} (id {2}), previous
        {1} (id {2}), предыдущая

        {1} by {2}
        {1}, {2}

        {1} by {2}: {3}
        {1}, {2}: {3}

        {1} items, {2} part numbers
        {1} {1:позиция|позиции|позиций}, {2} {2:партномер|партномера|партномеров}

        the same when it was made
        то же, что и при создании

        DIFFERENT when it was made: {1}
        при создании была ДРУГОЙ: {1}

        nothing; another program made this book
        ничего; книгу создала другая программа

        made by this run
        создана этим запуском

        pinned: {1}
        закреплена: {1}

        dated in the future
        дата в будущем

        {1} {2} is represented by {3}
        за {1} {2} остается {3}

        {1} {2} is older than the one {3} kept
        книга за {1} {2} уже не хранится: предел — 1

        {1} {2} is older than the {3} {4}s kept
        книга за {1} {2} уже не хранится: предел — {3}

        about {1}, at last as {2}
        примерно до {1}; последняя причина: {2}

        for good, as long as it is pinned
        бессрочно, пока закреплена

        more than {1} years from now
        еще больше {1} {1:года|лет|лет}

        from {1} on
        с {1}

        , estimated from the newest {1} days with books
        , по оценке за последние {1} {1:день|дня|дней} с книгами

        ; there are too few books to estimate an interval
        ; книг слишком мало, чтобы оценить интервал

        a new book {1}{2}{3}
        новая книга {1}{2}{3}

        with the book of {1}, {2}
        когда появится книга от {1}, {2}

        another book is the previous one, and no tier keeps this one
        предыдущей станет другая книга, а эту ни один уровень не хранит

        the book of {1} is active, and no tier keeps this one
        активной станет книга от {1}, а эту ни один уровень не хранит

        it is no longer in the future, and no tier keeps it
        она уже не в будущем, и ни один уровень ее не хранит

        the book of {1}
        книга от {1}

        a newer book
        более новая книга

        {1} represents {2} {3}
        за {2} {3} остается {1}

        {1} is pinned
        {1} закреплена

        {1} is no longer pinned
        {1} больше не закреплена

        {1} was pinned with that note already; nothing was changed.
        {1} уже закреплена с этим примечанием; ничего не изменено.

        {1} is kept for good: {2}
        {1} хранится бессрочно: {2}

        The note was: {1} ({2}, {3})
        Прежнее примечание: {1} ({2}, {3})

        {1} is not pinned; nothing was changed.
        {1} не закреплена; ничего не изменено.

        {1} no longer exists; its pin is forgotten.
        {1} больше не существует; закрепление снято.

        {1} is no longer pinned; the next retention removes it.
        {1} больше не закреплена; при следующем удалении старых книг уйдет и она.

        {1} is no longer pinned; for now it stays as: {2}
        {1} больше не закреплена; пока она хранится как: {2}

        was active already; nothing was changed
        уже была активной; ничего не изменено

        is active in place of {1} (id {2})
        теперь активна вместо {1} (id {2})

        is active
        теперь активна

        {1} removed
        удалено: {1}

        {1} removed, {2} kept.
        Удалено: {1}, осталось: {2}.

        {1} removed, {2} kept
        удалено: {1}, осталось: {2}

        Plan {1}: {2} books would be removed, {3} kept; nothing was changed.
        План {1}: книг к удалению {2}, останется {3}; ничего не изменено.

        {1}It removes more than {2} and needs approval: pnbook prune --approve {3}
        {1}Удаляется больше {2}, нужно подтверждение: pnbook prune --approve {3}

        a book {1} for {2}
        книга {1}, {2}

        {1}; {2} to {3}, {4}
        {1}; {2}, до {3}, {4}

        {1}: {2} kept, {3} removed.
        {1}: осталось {2}, удалено {3}.

        From {1} to {2}:
        Было: {1}, стало: {2}

        to other LOTs
        на другие LOT

        {1} in {2}
        {2}: {1}

        and {1} more; --limit 0 names them all
        и еще {1}; все покажет --limit 0

        now primary
        теперь основной

        no longer primary
        больше не основной

        the catalogue as it is now
        нынешний каталог
        """
}
