-- 027: PNBOOK-YYYY-MM-DD-NNN has 21 characters.

-- step: qt_partnumber_books.version
ALTER TABLE `qt_partnumber_books`
    MODIFY COLUMN `version` VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL;
