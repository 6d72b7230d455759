import Chronology
import ErrorModel
import FoundationEssentials
import Glibc
package import Retention

/// A list of books in JSON: `[{"id": 7, "created_at": "2026-11-20T03:00:00Z", "is_active": true}, …]` in any order, or
/// the document that `list --json` prints.
///
/// Strict about the members it needs; others are ignored. Two may be left out: `is_previous`, false without it, and `pinned`: null, a note,
/// or an object with a `note`.
package struct RetentionListFile {
    /// The file as messages name it.
    private let name: DisplayText
    private let path: String

    /// - Parameter path: `-` for standard input.
    package init(_ path: String) {
        self.path = path
        name = path == "-" ? "standard input" : DisplayText(path)
    }

    /// - Throws: ``RetentionListError``.
    package func books() throws -> [RetentionCandidate] {
        var books: [RetentionCandidate] = []
        var indices: [Int64: Int] = [:]
        var active: Int?
        var previous: Int?
        for (index, value) in try list(JSONText(try bytes(), name).value()).enumerated() {
            let book = try book(value, at: index)
            if let other = indices.updateValue(index, forKey: book.id) {
                throw error("id \(book.id) is that of book \(other + 1), too; give each book its own", at: index)
            }
            if book.isActive, let active {
                throw error("it is active, and so is book \(active + 1); one at most can be", at: index)
            }
            if book.isActive { active = index }
            if book.isPrevious, let previous {
                throw error("it is the previous one, and so is book \(previous + 1); one at most can be", at: index)
            }
            if book.isPrevious { previous = index }
            books.append(book)
        }
        return books
    }

    private func list(_ value: JSONValue) throws -> [JSONValue] {
        if case .array(let list) = value { return list }
        if case .object(let members) = value, case .array(let list) = members["books"] { return list }
        throw RetentionListError(
            text: "\(name) is not a list of books; write "
                + #"[{"id": 7, "created_at": "2026-11-20T03:00:00Z", "is_active": true}, …] "#
                + "or give the JSON document that lists the books")
    }

    private func book(_ value: JSONValue, at index: Int) throws -> RetentionCandidate {
        guard case .object(let members) = value else {
            throw error("it is not an object with id, created_at and is_active", at: index)
        }
        for member in ["id", "created_at", "is_active"] where members[member] == nil {
            throw error("\(member) is missing", at: index)
        }
        guard case .integer(let id) = members["id"] else {
            throw error("id must be a whole number", at: index)
        }
        guard case .string(let text) = members["created_at"], let createdAt = Instant(iso8601: text) else {
            throw error(
                "created_at must be a date and time with a zone, such as \"2026-11-20T03:00:00Z\"", at: index)
        }
        guard case .bool(let isActive) = members["is_active"] else {
            throw error("is_active must be true or false", at: index)
        }
        let isPrevious = try isPrevious(members["is_previous"], at: index)
        if isActive, isPrevious { throw error("it is active and cannot be the previous one as well", at: index) }
        return RetentionCandidate(
            id: id, createdAt: createdAt, isActive: isActive, isPrevious: isPrevious,
            pinNote: try pinNote(members["pinned"], at: index))
    }

    private func isPrevious(_ value: JSONValue?, at index: Int) throws -> Bool {
        switch value {
        case nil: return false
        case .bool(let isPrevious)?: return isPrevious
        default: throw error("is_previous must be true or false", at: index)
        }
    }

    private func pinNote(_ value: JSONValue?, at index: Int) throws -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let note)?: return note
        case .object(let members)?:
            if case .string(let note) = members["note"] { return note }
            fallthrough
        default: throw error("pinned must be null, a note in quotes, or an object with a note", at: index)
        }
    }

    private func error(_ problem: DisplayText, at index: Int) -> RetentionListError {
        RetentionListError(text: "\(name), book \(index + 1): \(problem)")
    }

    /// The most bytes that a list may have: some hundred thousand books.
    private static let sizeLimit = 64 << 20
    /// Seconds within which a pipe must end: what writes it may ask a database.
    private static let timeLimit = 60.0

    private func bytes() throws -> Data {
        do {
            return try path == "-"
                ? InputFile(descriptor: STDIN_FILENO, limit: Self.sizeLimit, seconds: Self.timeLimit).bytes
                : InputFile(path: path, limit: Self.sizeLimit, seconds: Self.timeLimit).bytes
        } catch InputFile.Failure.folder {
            throw RetentionListError(text: "cannot read \(name): \(String(cString: strerror(EISDIR)))")
        } catch let failure as InputFile.Failure {
            throw RetentionListError(text: "cannot read \(name): \(failure.text)")
        }
    }
}

/// JSON that a person may have written.
private struct JSONText {
    private let bytes: Data
    private let name: DisplayText

    init(_ bytes: Data, _ name: DisplayText) {
        self.bytes = bytes
        self.name = name
    }

    func value() throws -> JSONValue {
        do {
            // The library's reader gives no position, and allows a trailing comma.
            try JSONSyntax.check(bytes)
        } catch {
            throw RetentionListError(text: "\(name) is not JSON: \(error.text)")
        }
        do {
            return try JSONDecoder().decode(JSONValue.self, from: bytes)
        } catch {
            // Numbers and escapes, and bytes that could be UTF-16.
            throw RetentionListError(text: "\(name) is not JSON: it is not a JSON text in UTF-8")
        }
    }
}
