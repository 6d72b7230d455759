/// A book as a workbook that spreadsheets open with every text as it is (<doc:ExportFormats#Workbook>): `.xlsx`, written front
/// to back in constant memory.
struct Workbook {
    /// What a sheet may hold.
    struct Limits {
        /// Rows, the header included.
        var rows = 1_048_576
        /// Bytes of its XML, more than which few programs read.
        var bytes = 1 << 30
    }

    private var archive: ZipWriter
    private var sheet: ZipWriter.Packer
    private let version: String
    private let limits: Limits
    private var buffer: [UInt8] = []
    private var sheets = 0
    /// Of the sheet that is being written.
    private var rows = 0

    private static let columns: [StaticString] = ["partnumber", "lot_name", "is_primary_pn", "description"]
    /// Bytes of XML that are collected before they are compressed.
    private static let chunk = 64 << 10

    /// - Parameters:
    ///   - version: the book's, by which its sheets are named.
    ///   - output: takes the file, piece by piece.
    init(
        _ version: String, limits: Limits = Limits(), to output: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        self.version = version
        self.limits = limits
        archive = ZipWriter(to: output)
        try archive.add("docProps/app.xml", WorkbookParts.application, isStored: true)
        try archive.add("_rels/.rels", WorkbookParts.relationships)
        try archive.add("xl/styles.xml", WorkbookParts.styles)
        sheet = try archive.begin(Self.path(ofSheet: 1))
        beginSheet()
    }

    /// Adds an item as a row; on another sheet where this one is full.
    ///
    /// - Throws: ``WorkbookError``.
    mutating func append(_ item: BookItem) throws {
        if rows == limits.rows || sheet.size + buffer.count >= limits.bytes {
            try endSheet()
            sheet = try archive.begin(Self.path(ofSheet: sheets + 1))
            beginSheet()
        }
        try beginRow()
        try append(item.partnumber, 0, of: item)
        try append(item.lot, 1, of: item)
        appendCell(2, style: "1") { $0.append(UInt8(ascii: item.isPrimary ? "1" : "0")) }
        if let description = item.description { try append(description, 3, of: item) }
        try endRow()
    }

    /// Ends the file.
    mutating func finish() throws {
        try endSheet()
        let names = (1...sheets).map { Self.name(version, $0) }
        try archive.add("xl/workbook.xml", WorkbookParts.workbook(names))
        try archive.add("xl/_rels/workbook.xml.rels", WorkbookParts.workbookRelationships(sheets))
        try archive.add("[Content_Types].xml", WorkbookParts.contentTypes(sheets))
        try archive.close()
    }

    // MARK: Sheets

    private static func path(ofSheet number: Int) -> String { "xl/worksheets/sheet\(number).xml" }

    /// A sheet's name has at most 31 characters, and not every one.
    static func name(_ version: String, _ number: Int) -> String {
        let isPlain = version.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        let suffix = number == 1 ? "" : " (\(number))"
        let base = isPlain && !version.isEmpty && version.utf8.count + suffix.utf8.count <= 31 ? version : "book"
        return base + suffix
    }

    private mutating func beginSheet() {
        sheets += 1
        rows = 1
        buffer += WorkbookParts.sheetHead(sheets).utf8
        buffer += "<row r=\"1\">".utf8
        for (place, name) in Self.columns.enumerated() {
            appendCell(place, style: "2") {
                $0.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
            }
        }
        buffer += "</row>".utf8
    }

    private mutating func endSheet() throws {
        buffer += WorkbookParts.sheetEnd.utf8
        try flush()
        try archive.finish(sheet)
    }

    // MARK: Rows

    private mutating func beginRow() throws {
        rows += 1
        Self.append("<row r=\"", to: &buffer)
        Self.append(rows, to: &buffer)
        Self.append("\">", to: &buffer)
    }

    private mutating func endRow() throws {
        Self.append("</row>", to: &buffer)
        if buffer.count >= Self.chunk { try flush() }
    }

    private mutating func append(_ text: UnsafeRawBufferPointer, _ place: Int, of item: BookItem) throws {
        let length = WorkbookText.length(text)
        guard length <= WorkbookText.longest else {
            throw WorkbookError.cellTooLong(
                partnumber: Excerpt.quoted(item.partnumber),
                column: "\(Self.columns[place])", length: length)
        }
        appendCell(place, style: "1") { WorkbookText.append(text, to: &$0) }
    }

    private mutating func appendCell(_ place: Int, style: StaticString, _ content: (inout [UInt8]) -> Void) {
        Self.append("<c r=\"", to: &buffer)
        buffer.append(UInt8(ascii: "A") + UInt8(place))
        Self.append(rows, to: &buffer)
        Self.append("\" s=\"", to: &buffer)
        Self.append(style, to: &buffer)
        Self.append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", to: &buffer)
        content(&buffer)
        Self.append("</t></is></c>", to: &buffer)
    }

    private mutating func flush() throws {
        try buffer.withUnsafeBytes { try archive.append($0, to: sheet) }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func append(_ text: StaticString, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func append(_ number: Int, to buffer: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &buffer) }
        buffer.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
