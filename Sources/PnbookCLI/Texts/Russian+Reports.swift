extension RussianTexts {
    /// What `create`, `explain`, `verify`, `doctor`, `export` and `config` report.
    static let reports = """
        Dry run, unchanged: a new book would equal {1} (id {2}), which is active; nothing was published.
        Пробный запуск, изменений нет: новая книга совпала бы с активной {1} (id {2}); ничего не опубликовано.

        Unchanged: a new book would equal {1} (id {2}), which is active; nothing was published.
        Изменений нет: новая книга совпала бы с активной {1} (id {2}); ничего не опубликовано.

        Dry run: {1} would become active; nothing was written.
        Пробный запуск: активной стала бы {1}; ничего не записано.

        {1} (id {2}) is active.
        {1} (id {2}) теперь активна.

        {1}: {2} is newer and takes its place
        {1}: {2} новее и занимает ее место

        warning: {1}
        предупреждение: {1}

        Dry run: this book would be refused; nothing was written.
        Пробный запуск: такая книга была бы отклонена; ничего не записано.

        Dry run: it failed after the catalogue was read; nothing was written.
        Пробный запуск: ошибка после чтения каталога; ничего не записано.

        Failed: it is not known whether this book was published.
        Ошибка: неизвестно, опубликована ли эта книга.

        Refused: this book was not published.
        Отклонено: эта книга не опубликована.

        Cancelled: this book was not published.
        Отменено: эта книга не опубликована.

        Failed: this book was not published.
        Ошибка: эта книга не опубликована.

        {1} to a bundle
        {1} на комплект

        with a quantity other than 1, which a book does not hold
        с количеством не 1, а в книге количества нет

        duplicate {1}
        повторы тех же позиций

        {1} with different LOTs
        {1} с разными LOT

        {1} is published and active
        {1} опубликована и активна

        Part number {1}
        Партномер {1}

        {1} is in no row of the catalogue.
        {1}: в каталоге таких строк нет.

        {1}: {2} of the catalogue.
        {1}: в каталоге {2}.

        No book can be made of the catalogue as it is.
        Из нынешнего каталога книгу создать нельзя.

        A book made now would not have it.
        В книге, созданной сейчас, его бы не было.

        A book made now would have {1} of it:
        Позиции в книге, созданной сейчас ({1}):

        Its rows disagree on the LOTs of {1}; the book has them all (a conflict).
        В строках для {1} разные LOT; в книгу входят все (расхождение).

        row {1}: vendor {2}, part number {3}, LOT {4}, {5}, description {6}
        строка {1}: вендор {2}, партномер {3}, LOT {4}, {5}, описание {6}

        kept: its LOT is a bundle of {1} and loses a quantity
        остается: ее LOT — комплект ({1}), количество теряется

        kept: its LOT is a bundle of {1}
        остается: ее LOT — комплект ({1})

        left out, {1}: {2}
        исключена, {1}: {2}

        refused: {1}
        отклонена: {1}

        its part number is blank
        партномер пуст

        it has no LOT
        LOT нет

        qt_vendor_partnumber_seen ignores it by {1}
        в qt_vendor_partnumber_seen ее игнорирует {1}

        its LOT is a bundle without any LOT
        ее LOT — комплект без единого LOT

        the pattern {1}
        шаблон {1}

        x {1}, which a book cannot hold
        x {1}, а в книге количества нет

        , a bundle listed above
        , комплект, перечислен выше

        , a bundle:
        , комплект:

        ; merged into it: {1}
        ; с ней слиты: {1}

        ; description of row {1}
        ; описание из строки {1}

        from row {1}{2}{3}
        из строки {1}{2}{3}

        looked up in {1}
        поиск: {1}

        every item read
        прочитаны все позиции

        It is in no book: {1}, {2}.
        Его нет ни в одной книге: {1}, {2}.

        In the books, newest first ({1}):
        В книгах, начиная с новых ({1}):

        since {1}, {2}
        с {1}, {2}

        {1} to {2}, {3}
        с {1} по {2}, {3}

        , active
        , активная

        , {1} active
        , активна {1}

        {1}{2}: not in it
        {1}{2}: нет

        Everything holds.
        Все гарантии соблюдены.

        {1} {2} broken.
        Нарушено: {1}.

        {1}: {2} of {3}
        {1}: {2}, {3}

        broken: {1}: {2}
        ошибка: {1}: {2}

        broken: {1}: {2}{3}
        ошибка: {1}: {2}{3}

        fix: {1}
        что делать: {1}

        ; fix: {1}
        ; как исправить: {1}

        Nothing is broken{1}.
        Ошибок нет{1}.

        {1} broken{2}.
        {1}{2}.

        {1} is written
        {1} записан

        {1}, {2} bytes
        {1}, {2} {2:байт|байта|байт}

        {1} is up to date: {2} appended, {3} fetched again, {4} unchanged ({5} written, {6} bytes in all).
        {1} обновлен: добавлено {2}, загружено заново {3}, без изменений {4} (записано {5}, всего {6} {6:байт|байта|байт}).

        {1} (id {2}) is {3}: {4}.
        {1} (id {2}) записана {3}: {4}.

        written to standard output
        в стандартный вывод

        in {1}
        в {1}

        No book was published.
        Книга не опубликована.

        {1} (id {2}) was published.
        {1} (id {2}) опубликована.

        Unchanged: a new book would have equalled {1} (id {2}).
        Изменений нет: новая книга совпала бы с {1} (id {2}).

        {1} are in {2}: {3}.
        В {2} записано {1}: {3}.

        The configuration file is {1}.
        Файл конфигурации: {1}.

        There is no configuration file.
        Файла конфигурации нет.
        """
}
