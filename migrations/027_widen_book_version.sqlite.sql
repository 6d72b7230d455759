-- 027: PNBOOK-YYYY-MM-DD-NNN has 21 characters.
-- SQLite changes a CHECK only by making the table anew.

-- step: qt_partnumber_books.version
CREATE TABLE qt_partnumber_books_027 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version VARCHAR(30) NOT NULL UNIQUE CHECK (typeof(version) = 'text' AND length(version) <= 30),
    created_at DATETIME NOT NULL CHECK (created_at LIKE '____-__-__ __:__:__.___'),
    created_by VARCHAR(100) NOT NULL CHECK (typeof(created_by) = 'text' AND length(created_by) <= 100),
    is_active TINYINT(1) NOT NULL DEFAULT 0 CHECK (is_active IN (0, 1))
);

INSERT INTO qt_partnumber_books_027 (id, version, created_at, created_by, is_active)
    SELECT id, version, created_at, created_by, is_active FROM qt_partnumber_books;

-- The highest id ever given stays the highest, also when its book is gone.
DELETE FROM sqlite_sequence WHERE name = 'qt_partnumber_books_027';

INSERT INTO sqlite_sequence (name, seq)
    SELECT 'qt_partnumber_books_027', seq FROM sqlite_sequence WHERE name = 'qt_partnumber_books';

DROP TABLE qt_partnumber_books;

ALTER TABLE qt_partnumber_books_027 RENAME TO qt_partnumber_books;

CREATE UNIQUE INDEX uq_partnumber_books_only_active ON qt_partnumber_books (is_active) WHERE is_active = 1;
