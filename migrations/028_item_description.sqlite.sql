-- 028: the reader selects the description.

-- step: qt_partnumber_book_items.description
ALTER TABLE qt_partnumber_book_items
    ADD COLUMN description VARCHAR(10000) NULL CHECK (description IS NULL OR length(description) <= 10000);
