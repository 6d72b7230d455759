-- 026: which part number sets its LOT's quantity; the books and their items.
-- SQLite takes a declared length for a remark, so the CHECKs hold what MariaDB's types hold.

-- INTEGER, for the host's table may be STRICT, which knows no TINYINT.
-- step: lot_partnumbers.is_primary_pn
ALTER TABLE lot_partnumbers
    ADD COLUMN is_primary_pn INTEGER NOT NULL DEFAULT 1;

-- AUTOINCREMENT: an id is never used twice.
-- step: qt_partnumber_books
CREATE TABLE qt_partnumber_books (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version VARCHAR(20) NOT NULL UNIQUE CHECK (typeof(version) = 'text' AND length(version) <= 20),
    created_at DATETIME NOT NULL CHECK (created_at LIKE '____-__-__ __:__:__.___'),
    created_by VARCHAR(100) NOT NULL CHECK (typeof(created_by) = 'text' AND length(created_by) <= 100),
    is_active TINYINT(1) NOT NULL DEFAULT 0 CHECK (is_active IN (0, 1))
);

-- The database itself refuses a second active book.
CREATE UNIQUE INDEX uq_partnumber_books_only_active ON qt_partnumber_books (is_active) WHERE is_active = 1;

-- Clustered as the reader asks and the writer writes: a book's items lie together, in the book's own order.
-- No foreign key here: with one, SQLite collects every key of a book in memory before it removes the first, and takes
-- four times as long.
-- step: qt_partnumber_book_items
CREATE TABLE qt_partnumber_book_items (
    book_id INTEGER NOT NULL CHECK (typeof(book_id) = 'integer'),
    partnumber VARCHAR(255) NOT NULL CHECK (typeof(partnumber) = 'text' AND length(partnumber) <= 255),
    lot_name VARCHAR(255) NOT NULL CHECK (typeof(lot_name) = 'text' AND length(lot_name) <= 255),
    is_primary_pn TINYINT(1) NOT NULL DEFAULT 1 CHECK (is_primary_pn IN (0, 1)),
    PRIMARY KEY (book_id, partnumber, lot_name)
) WITHOUT ROWID;
