-- 028: the reader selects the description.

-- step: qt_partnumber_book_items.description
ALTER TABLE `qt_partnumber_book_items`
    ADD COLUMN `description` VARCHAR(10000) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL;

-- Stored as TEXT, the limit as before. From 11.0 on the server counts a row by what its VARCHARs may hold at most (42 KB
-- instead of a hundred bytes) when it chooses how to read: a reader of one book then reads the items of all books.
-- step: qt_partnumber_book_items.description as TEXT
ALTER TABLE `qt_partnumber_book_items`
    MODIFY COLUMN `description` TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL
        CHECK (CHAR_LENGTH(`description`) <= 10000);
