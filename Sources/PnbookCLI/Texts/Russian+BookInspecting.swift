extension RussianTexts {
    /// What `verify` finds.
    static let bookChecks = """
        no book is active
        активной книги нет

        no book can be made of the catalogue as it is: {1}
        из нынешнего каталога книгу не создать: {1}

        {1} is what a book made now would be
        {1} совпадает с книгой, которая получилась бы сейчас

        . It would be refused: {1}
        . Публикация была бы отклонена: {1}

        a book made now would have {1} items of {2} part numbers, and {3} has {4} of {5}; part numbers {6} added, {7} removed, {8} with other LOTs, {9} changed{10}
        сейчас в книге было бы позиций {1}, партномеров {2}; в {3} — {4} и {5}; партномеров добавлено {6}, удалено {7}, с другими LOT {8}, изменено {9}{10}

        {1} of {2}, which {3}
        {2}, {1}: {3}

        {1} of {2}
        {1} ({2})

        part number {1} with LOT {2}
        партномер {1} с LOT {2}

        each text is UTF-8
        все тексты в UTF-8

        a value that is not text in UTF-8
        значение, которое не текст в UTF-8

        part numbers and LOTs are trimmed, and none is empty
        партномера и LOT без пробелов по краям, пустых нет

        a part number or a LOT that is empty or has blanks around it
        партномер или LOT, пустой или с пробелами по краям

        no text is longer than clients hold
        все тексты помещаются у клиентов

        a text longer than clients hold
        текст длиннее, чем хранят клиенты

        each is_primary_pn is 0 or 1
        is_primary_pn везде 0 или 1

        an is_primary_pn that is neither 0 nor 1
        is_primary_pn не 0 и не 1

        no description is blank
        пустых описаний нет

        a description that is blank instead of NULL
        пустое описание вместо NULL

        1 item has {1}, first {2}
        1 позиция: {1}; это {2}

        {1} items have {2}, first {3}
        {1} {1:позиция|позиции|позиций}: {2}; первая: {3}

        there are no books yet
        книг пока нет

        no book is active, so clients resolve nothing
        активной книги нет, поэтому клиенты ничего не сопоставят

        {1} books are active, and clients take the first of {2}; a new book leaves one
        активных книг: {1}; клиенты берут первую из {2}; новая книга оставит одну

        {1} readable
        читаются: {1}

        Fix that in qt_partnumber_books
        Исправьте это в qt_partnumber_books

        id {1} appears twice
        id {1} встречается дважды

        version {1} appears twice, the second time as id {2}
        версия {1} встречается дважды, второй раз с id {2}

        {1} exists, and id {2} was {3}, removed at {4}
        есть {1}, но id {2} был у {3}, удаленной {4}

        {1} exists, and id {2} was {3} when it was made
        есть {1}, но при создании id {2} был у {3}

        {1} exists, and {2} was given to id {3} when it was made
        есть {1}, но при создании {2} получил id {3}

        none was ever another book's
        ни один id и ни одна версия не были у другой книги

        {1}; a client that has seen the first never fetches the second
        {1}; клиент, который уже видел первую, вторую не загрузит

        Remove by hand what was put back
        Удалите вручную то, что было возвращено

        1 pin is of a book that no longer exists
        1 закрепление — у книги, которой больше нет

        {1} pins are of books that no longer exist
        {1} {1:закрепление|закрепления|закреплений} — у книг, которых больше нет

        {1}; {2}, removed by hand or by a program before 0.2, which knows no pins: {3}
        {1}; {2}, удаленных вручную или программой до версии 0.2, которая не знает закреплений: {3}

        each book has items
        в каждой книге есть позиции

        no items: {1}; every client asks for them again and again
        нет позиций: {1}; каждый клиент запрашивает их снова и снова

        some whose book_id is {1}
        есть с book_id {1}

        {1} of book {2}
        {1} от книги {2}

        some of no book at all, their book_id is NULL
        есть вовсе без книги, с book_id NULL

        each item has a book
        у каждой позиции есть книга

        readers have every book
        у читателей есть все книги

        {1} behind: readers do not have {2}{3}
        отставание — {1}: у читателей нет {2}{3}

        , and to them {1} is active
        , а активна для них {1}

        readers have every book, but to them {1} is active, and not {2}
        у читателей есть все книги, но активна для них {1}, а не {2}

        See why that server is behind: SHOW REPLICA STATUS, or the state of its cluster
        Выясните, почему тот сервер отстает: SHOW REPLICA STATUS или состояние его кластера

        items without a header: {1}; no client reads them, and nothing removes them
        позиции без заголовка: {1}; ни один клиент их не читает, и ничто их не удаляет

        {1} and {2} more
        {1} и еще {2}

        the items arrive in another order than the book's; SQL promises none without ORDER BY
        позиции приходят не в том порядке, что в книге; без ORDER BY SQL никакого порядка не обещает

        no item appears twice
        повторов позиций нет

        1 item repeats an earlier one, first {1}
        1 позиция повторяет более раннюю: {1}

        {1} items repeat an earlier one, first {2}
        {1} {1:позиция повторяет|позиции повторяют|позиций повторяют} более раннюю; первая: {2}

        nothing was recorded: another program made this book
        записи нет: книгу создала другая программа

        it has no items
        в ней нет позиций

        {1} items of {2} part numbers exist, and {3} of {4} were published
        есть позиций {1}, партномеров {2}, а опубликовано было {3} и {4}

        as many items exist as were published, but their texts differ: {1} instead of {2}
        позиций столько же, сколько опубликовано, но тексты различаются: {1} вместо {2}

        as published
        как опубликовано

        Do not activate {1}; retention removes it in time
        Не активируйте {1}; со временем она будет удалена по политике хранения
        """
}
