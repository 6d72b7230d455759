import Database

/// One INSERT with a list of values for each of many rows: what object mappers send.
enum ManyRowInsert {
    static func sql(into table: String, _ rows: ArraySlice<DictionaryBook.Item>, book: Int64) -> SQL {
        var text = SQL.Interpolation(literalCapacity: 0, interpolationCount: rows.count * 5)
        text.appendLiteral("INSERT INTO \(table) (book_id, \(StagedItems.columns)) VALUES ")
        var separator = "("
        for row in rows {
            text.appendLiteral(separator)
            text.appendInterpolation(book)
            text.appendLiteral(", ")
            text.appendInterpolation(row.partnumber)
            text.appendLiteral(", ")
            text.appendInterpolation(row.lot)
            text.appendLiteral(", ")
            text.appendInterpolation(row.isPrimary)
            text.appendLiteral(", ")
            text.appendInterpolation(row.description)
            text.appendLiteral(")")
            separator = ", ("
        }
        return SQL(stringInterpolation: text)
    }
}
