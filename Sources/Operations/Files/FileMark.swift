import ErrorModel
import FoundationEssentials
import Glibc

/// How a file begins that an earlier run of ours has written: only such a file, or an empty one, is replaced.
package struct FileMark: Hashable, Sendable {
    /// What the file is, for messages: "an export of pnbook's".
    let name: DisplayText
    /// What to do about a file that does not bear it.
    let remedy: Remedy
    /// One of these is the file's beginning.
    private let beginnings: [String]
    /// What the first line has further on, in this order.
    private let pieces: [String]

    private init(
        _ name: DisplayText, _ beginnings: String..., pieces: [String] = [], remedy: Remedy = .replaceFile
    ) {
        self.name = name
        self.remedy = remedy
        self.beginnings = beginnings
        self.pieces = pieces
    }

    /// What node_exporter reads.
    package static let metrics = FileMark(
        "a file of pnbook's metrics", "# HELP pnbook_", remedy: .text("Give metrics a file of their own"))
    /// A book as CSV; a program may have saved it with other line ends.
    static let csv = FileMark(
        "an export of pnbook's", "partnumber,lot_name,is_primary_pn,description\r\n",
        "partnumber,lot_name,is_primary_pn,description\n")
    /// A book as NDJSON.
    static let ndjson = FileMark(
        "an export of pnbook's", #"{"partnumber":""#,
        pieces: [#"","lot_name":""#, #"","is_primary_pn":"#, #","description":"#, "}\n"])
    /// A book as a workbook; one that another program has saved has lost the mark.
    static let workbook = FileMark(
        "an export of pnbook's", "PK\u{3}\u{4}", pieces: ["docProps/app.xml", "<Application>pnbook</Application>"])
    /// systemd's units.
    package static let service = FileMark("a unit of pnbook's", "[Unit]\nDescription=Make tonight's partnumber book\n")
    package static let timer = FileMark(
        "a unit of pnbook's", "[Unit]\nDescription=Make a partnumber book every night\n")

    package static let webService = FileMark(
        "a unit of pnbook's", "[Unit]\nDescription=Serve the page of partnumber books\n")
    package static let webSocket = FileMark(
        "a unit of pnbook's", "[Unit]\nDescription=The socket of the page of partnumber books\n")

    /// More than the longest first line of an item, in bytes.
    private static let length = 128 << 10

    /// Makes sure that a file that exists is empty or bears the mark.
    ///
    /// - Throws: ``FileError/notOurs(_:_:)``; ``FileError/io(_:_:)`` where that cannot be found out.
    func requireOurs(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.io(path, errno) }
        defer { close(descriptor) }
        var memory = [UInt8](repeating: 0, count: Self.length)
        let count = pread(descriptor, &memory, memory.count, 0)
        guard count >= 0 else { throw FileError.io(path, errno) }
        let start = memory[..<count]
        guard start.isEmpty || beginnings.contains(where: { start.starts(with: $0.utf8) }) && hasPieces(start) else {
            throw FileError.notOurs(path, self)
        }
    }

    private func hasPieces(_ start: ArraySlice<UInt8>) -> Bool {
        var rest = start.prefix { $0 != UInt8(ascii: "\n") } + "\n".utf8
        for piece in pieces {
            guard let range = rest.firstRange(of: Array(piece.utf8)) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
