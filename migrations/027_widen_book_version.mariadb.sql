-- 027: PNBOOK-YYYY-MM-DD-NNN has 21 characters.

-- step: qt_partnumber_books.version
ALTER TABLE `qt_partnumber_books`
    MODIFY COLUMN `version` VARCHAR(30) NOT NULL;
