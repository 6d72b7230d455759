import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// Reads one CSV file record by record: RFC 4180 in full, and `\N` for NULL (<doc:CatalogueFiles#Format>).
///
/// Written here because `load` needs what the known libraries do not offer: files larger than memory, NULL told from the
/// quoted text `"\N"`, and the line and column of every mistake.
///
/// Line ends are CRLF or LF; a byte order mark at the start and empty lines are skipped. Strict otherwise: a quote
/// inside an unquoted field, text after a closing quote, a lone CR, NUL, invalid UTF-8 and a record of another length
/// are errors; UTF-16 and UTF-32 are named.
final class CSVReader {
    /// One field of the current record.
    struct Field {
        /// In the record's bytes.
        var start: Int
        var end: Int
        var isQuoted: Bool
        var position: CSVPosition
    }

    /// Names the file in errors.
    let file: String
    /// The current record's text, quotes undone.
    private(set) var bytes: [UInt8] = []
    private(set) var fields: [Field] = []

    private let descriptor: Int32
    private var chunk: [UInt8] = []
    private var next = 0
    private var isAtEnd = false
    /// Of the next byte.
    private var position = CSVPosition(line: 1, column: 1)
    /// Of the current record.
    private var start = CSVPosition(line: 1, column: 1)

    private let pieceBytes: Int

    /// The most bytes of a record: many times what its columns hold.
    private static let recordLimit = 16 << 20

    /// Opens the file at `path`.
    ///
    /// - Parameter pieceBytes: how much is read at once.
    /// - Throws: `LoadError` where it cannot be opened, or is in another encoding.
    init(path: String, pieceBytes: Int = 256 << 10) throws {
        self.pieceBytes = pieceBytes
        file = path.lastPathComponent
        descriptor = try Self.open(path)
        // A pipe may give less than what tells the encoding.
        while chunk.count < ForeignEncoding.sampleBytes, let more = try read() { chunk += more }
        if let encoding = ForeignEncoding(chunk) {
            throw error(at: position, encoding.problem(with: path))
        }
        if try peek() == 0xEF {
            // Only a byte order mark begins so at the start of a file; anything else is found by the UTF-8 check.
            if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
        }
    }

    /// Opens what is a file: it is read twice, and a pipe could be waited for without end.
    private static func open(_ path: String) throws -> Int32 {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw LoadError.unreadable(path: path, reason: DisplayText(String(cString: strerror(errno))))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw LoadError.unreadable(
                path: path,
                reason: isFolder
                    ? DisplayText(String(cString: strerror(EISDIR))) : "it is a pipe or a device, and not a file")
        }
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LoadError.unreadable(path: path, reason: DisplayText(String(cString: strerror(errno))))
        }
        return descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Reads the next record into ``fields``; false after the last.
    func readRecord() throws -> Bool {
        while true {
            guard try peek() != nil else { return false }
            bytes.removeAll(keepingCapacity: true)
            fields.removeAll(keepingCapacity: true)
            start = position
            while try readField() {}
            let isEmptyLine = fields.count == 1 && bytes.isEmpty && !fields[0].isQuoted
            if !isEmptyLine {
                try checkEncoding()
                return true
            }
        }
    }

    /// The field's text, or nil for an unquoted `\N`.
    func withField<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer?) throws -> Result) rethrows -> Result {
        let field = fields[index]
        return try bytes.withUnsafeBytes { memory in
            let text = UnsafeRawBufferPointer(rebasing: memory[field.start..<field.end])
            return try body(isNull(field, text) ? nil : text)
        }
    }

    /// An unquoted `\N`.
    func isNull(_ field: Field, _ text: UnsafeRawBufferPointer) -> Bool {
        !field.isQuoted && text.count == 2 && text[0] == UInt8(ascii: "\\") && text[1] == UInt8(ascii: "N")
    }

    /// The field's text as a string, or nil for NULL.
    func text(_ index: Int) -> String? {
        withField(index) { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    func error(at position: CSVPosition, _ problem: DisplayText) -> LoadError {
        .malformed(file: file, position: position, problem: problem)
    }

    // MARK: Parsing

    /// Reads one field; true where another follows in the same record.
    private func readField() throws -> Bool {
        var field = Field(start: bytes.count, end: bytes.count, isQuoted: false, position: position)
        if try peek() == UInt8(ascii: "\"") {
            field.isQuoted = true
            try readQuoted(from: field.position)
        } else {
            while let byte = try peek(), byte != UInt8(ascii: ","), byte != UInt8(ascii: "\n"),
                byte != UInt8(ascii: "\r")
            {
                if byte == UInt8(ascii: "\"") {
                    throw error(
                        at: position, "a quote in the middle of an unquoted field; quote the whole field and double it")
                }
                try keep(byte)
                take(byte)
            }
        }
        field.end = bytes.count
        fields.append(field)
        return try endField()
    }

    private func readQuoted(from opening: CSVPosition) throws {
        take(UInt8(ascii: "\""))
        while true {
            guard let byte = try peek() else {
                throw error(at: opening, "the file ends inside the quoted field that begins here")
            }
            take(byte)
            if byte == UInt8(ascii: "\"") {
                guard try peek() == byte else { return }
                take(byte)
            }
            try keep(byte)
        }
    }

    /// Takes what follows a field: a comma, a line end or the end of the file.
    private func endField() throws -> Bool {
        let here = position
        switch try peek() {
        case nil:
            return false
        case UInt8(ascii: ","):
            take(UInt8(ascii: ","))
            return true
        case UInt8(ascii: "\n"):
            take(UInt8(ascii: "\n"))
            return false
        case UInt8(ascii: "\r"):
            take(UInt8(ascii: "\r"))
            guard try peek() == UInt8(ascii: "\n") else {
                throw error(at: here, "a carriage return without a line feed; lines end in LF or CRLF")
            }
            take(UInt8(ascii: "\n"))
            return false
        default:
            throw error(at: here, "text after the closing quote of a field")
        }
    }

    private func checkEncoding() throws {
        for field in fields {
            let text = bytes[field.start..<field.end]
            if text.contains(0) { throw error(at: field.position, "a NUL character, which no part number needs") }
            if text.allSatisfy({ $0 < 0x80 }) { continue }
            if String(validating: text, as: UTF8.self) == nil {
                throw error(at: field.position, "the field is not UTF-8; convert the file to UTF-8")
            }
        }
    }

    // MARK: Bytes

    private func peek() throws -> UInt8? {
        if next == chunk.count, !isAtEnd {
            chunk = try read() ?? []
            next = 0
            isAtEnd = chunk.isEmpty
        }
        return next < chunk.count ? chunk[next] : nil
    }

    /// Keeps a byte of the record's text.
    private func keep(_ byte: UInt8) throws {
        guard bytes.count < Self.recordLimit else {
            throw error(
                at: start,
                "a record of more than \(Self.recordLimit >> 20) MiB; a closing quote may be missing")
        }
        bytes.append(byte)
    }

    /// Nil at the end.
    private func read() throws -> [UInt8]? {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: pieceBytes) { memory, count in
            var result: Int
            repeat {
                result = Glibc.read(descriptor, memory.baseAddress, pieceBytes)
            } while result < 0 && errno == EINTR
            failure = result < 0 ? errno : 0
            count = max(0, result)
        }
        guard failure == 0 else {
            throw LoadError.unreadable(path: file, reason: DisplayText(String(cString: strerror(failure))))
        }
        return piece.isEmpty ? nil : piece
    }

    private func take(_ byte: UInt8) {
        next += 1
        if byte == UInt8(ascii: "\n") {
            position.line += 1
            position.column = 1
        } else if byte & 0xC0 != 0x80 {
            position.column += 1
        }
    }
}
