import ErrorModel

/// How much text a book's item holds, in characters (code points), on both engines (<doc:Tables#Limits>).
struct ColumnLimit {
    let field: DisplayText
    let characters: Int

    static let partnumber = ColumnLimit(field: "part number", characters: 255)
    static let lot = ColumnLimit(field: "LOT", characters: 255)
    static let description = ColumnLimit(field: "description", characters: 10_000)

    /// - Throws: `BookDataError.tooLong(field:characters:limit:partnumber:)`.
    func check(_ utf8: UnsafeRawBufferPointer, of partnumber: UnsafeRawBufferPointer) throws {
        if holds(utf8) { return }
        throw BookDataError.tooLong(
            field: field, characters: Self.count(utf8), limit: characters,
            partnumber: String(decoding: partnumber, as: UTF8.self))
    }

    func holds(_ utf8: UnsafeRawBufferPointer) -> Bool {
        // No text has more characters than bytes.
        utf8.count <= characters || Self.count(utf8) <= characters
    }

    private static func count(_ utf8: UnsafeRawBufferPointer) -> Int {
        utf8.count { $0 & 0xC0 != 0x80 }
    }
}
