extension RussianTexts {
    /// What is reported of tasks, and of what they have made.
    static let taskReports = """
        {1}, process {2} on {3}
        {1}, процесс {2} на {3}

        requested by {1}
        запросил {1}

        , exit code {1}
        , код завершения {1}

        There are no tasks yet.
        Заданий пока нет.

        {1} removed.
        Удалено: {1}.

        Task {1} was asked to end; follow it with 'pnbook task watch {2}'.
        Заданию {1} передана просьба завершиться; следить: 'pnbook task watch {2}'.

        with {1}
        ({1})

        ; before, {1} (id {2}) was
        ; до этого была {1} (id {2})

        {1} (id {2}) is active{3}{4}.
        {1} (id {2}) теперь активна{3}{4}.

        Loaded:
        Загружено:

        Loaded into {1}{2}:
        Загружено в {1}{2}:

        , {1} tables made
        , создано таблиц: {1}

        the catalogue is loaded
        каталог загружен

        {1} applied
        применено: {1}

        {1}: made
        {1}: создана

        Nothing was pending.
        Применять было нечего.

        Nothing is pending.
        Применять нечего.

        {1} does not exist yet; runs do without it, and 'pnbook migrate up' makes it
        {1} еще нет; запуски обходятся без нее, а создаст ее 'pnbook migrate up'

        to be created
        будет создано

        exists already and is only recorded
        уже есть, будет только записано в историю

        differs, which is refused: {1}
        отличается, и это не пройдет: {1}
        """
}
