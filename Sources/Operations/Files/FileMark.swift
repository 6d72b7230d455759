import Foundation

/// How a file begins that an earlier run of ours has written: only such a file, or an empty one, is replaced.
package struct FileMark: Sendable {
    /// What the file is, for messages: "an export of pnbook's".
    let name: String
    /// One of these is the file's beginning.
    private let beginnings: [String]

    private init(_ name: String, _ beginnings: String...) {
        self.name = name
        self.beginnings = beginnings
    }

    /// What node_exporter reads.
    package static let metrics = FileMark("a file of pnbook's metrics", "# HELP pnbook_")
    /// A book as CSV; a program may have saved it with other line ends.
    static let csv = FileMark(
        "an export of pnbook's", "partnumber,lot_name,is_primary_pn,description\r\n",
        "partnumber,lot_name,is_primary_pn,description\n")
    /// A book as NDJSON.
    static let ndjson = FileMark("an export of pnbook's", #"{"partnumber":""#)
    /// systemd's units.
    package static let service = FileMark("a unit of pnbook's", "[Unit]\nDescription=Make tonight's partnumber book\n")
    package static let timer = FileMark(
        "a unit of pnbook's", "[Unit]\nDescription=Make a partnumber book every night\n")

    /// More than the longest beginning, in bytes.
    private static let length = 256

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
        guard start.isEmpty || beginnings.contains(where: { start.starts(with: $0.utf8) }) else {
            throw FileError.notOurs(path, name)
        }
    }
}
