import Database

/// Text for the rare cells that hold a number where a text belongs: SQLite keeps what it is given.
final class NumberText {
    private var memory: [Int: UnsafeMutableRawBufferPointer] = [:]

    deinit {
        for buffer in memory.values { buffer.deallocate() }
    }

    /// The column's text, in place where it is one; nil for NULL. Valid until the next row.
    func utf8(of row: Row, _ column: Int) -> UnsafeRawBufferPointer? {
        if let utf8 = row.utf8(column) { return utf8 }
        guard let text = row.text(column) else { return nil }
        memory[column]?.deallocate()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, text.utf8.count), alignment: 1)
        buffer.copyBytes(from: text.utf8)
        memory[column] = buffer
        return UnsafeRawBufferPointer(rebasing: buffer[..<text.utf8.count])
    }
}
