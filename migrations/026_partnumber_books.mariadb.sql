-- 026: which part number sets its LOT's quantity; the books and their items.

-- step: lot_partnumbers.is_primary_pn
ALTER TABLE `lot_partnumbers`
    ADD COLUMN `is_primary_pn` TINYINT(1) NOT NULL DEFAULT 1;

-- An id is never used twice: InnoDB keeps AUTO_INCREMENT over restarts, and nothing ever lowers it.
-- only_active is 1 for the active book and NULL for all others, so that the database itself refuses a second active one.
-- step: qt_partnumber_books
CREATE TABLE `qt_partnumber_books` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `version` VARCHAR(20) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `created_by` VARCHAR(100) NOT NULL,
    `is_active` TINYINT(1) NOT NULL DEFAULT 0,
    `only_active` TINYINT(1) AS (IF(`is_active`, 1, NULL)) VIRTUAL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uq_partnumber_books_version` (`version`),
    UNIQUE KEY `uq_partnumber_books_only_active` (`only_active`)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Clustered as the reader asks and the writer writes: a book's items lie together, in the book's own order.
-- step: qt_partnumber_book_items
CREATE TABLE `qt_partnumber_book_items` (
    `book_id` BIGINT UNSIGNED NOT NULL,
    `partnumber` VARCHAR(255) NOT NULL,
    `lot_name` VARCHAR(255) NOT NULL,
    `is_primary_pn` TINYINT(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (`book_id`, `partnumber`, `lot_name`),
    CONSTRAINT `fk_partnumber_book_items_book` FOREIGN KEY (`book_id`) REFERENCES `qt_partnumber_books` (`id`)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
