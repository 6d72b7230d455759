import Database

/// The columns of an item, in the order in which the reader's statement has them: one list for reading, writing and
/// exporting.
enum ItemColumns {
    static let names = ["partnumber", "lot_name", "is_primary_pn", "description"]

    /// For a SELECT.
    static let list = names.joined(separator: ", ")

    /// Cells of one row; freed by the caller.
    static func makeCells() -> UnsafeMutableBufferPointer<Cell> {
        let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: names.count)
        cells.initialize(repeating: .null)
        return cells
    }
}

extension BookItem {
    /// A row of ``ItemColumns``. A number is its text, which is put into `memory`.
    init(_ row: Row, _ memory: NumberText) {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        self.init(
            partnumber: memory.utf8(of: row, 0) ?? empty, lot: memory.utf8(of: row, 1) ?? empty,
            isPrimary: row.number(2) == 1, description: memory.utf8(of: row, 3))
    }

    /// Lays the item out as a row of ``ItemColumns``; valid as long as the item is.
    func fill(_ cells: UnsafeMutableBufferPointer<Cell>) -> UnsafeBufferPointer<Cell> {
        cells[0] = .text(partnumber)
        cells[1] = .text(lot)
        cells[2] = .integer(isPrimary ? 1 : 0)
        cells[3] = description.map(Cell.text) ?? .null
        return UnsafeBufferPointer(cells)
    }
}
