import ErrorModel

/// An encoding of two or four bytes a character, as spreadsheets write "Unicode text": told by a file's first bytes.
struct ForeignEncoding {
    /// As `iconv` knows it: `UTF-16LE`, or `UTF-16` where a byte order mark gives the byte order.
    let name: String
    private let description: DisplayText

    /// How many of a file's first bytes are looked at.
    static let sampleBytes = 8

    /// Nil where the bytes begin as a UTF-8 file's may.
    ///
    /// Without a byte order mark it is told by the zeros between two characters of the header, whose names are ASCII.
    init?(_ start: some Sequence<UInt8>) {
        let bytes = Array(start.prefix(Self.sampleBytes))
        let hasZero = bytes.map { $0 == 0 }
        // The marks of four bytes first: that of UTF-32 begins with that of UTF-16.
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            (name, description) = ("UTF-32", "UTF-32 with a byte order mark")
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            (name, description) = ("UTF-16", "UTF-16 with a byte order mark")
        } else if hasZero == [false, true, true, true, false, true, true, true] {
            (name, description) = ("UTF-32LE", "UTF-32, little-endian")
        } else if hasZero == [true, true, true, false, true, true, true, false] {
            (name, description) = ("UTF-32BE", "UTF-32, big-endian")
        } else if hasZero.starts(with: [false, true, false, true]) {
            (name, description) = ("UTF-16LE", "UTF-16, little-endian")
        } else if hasZero.starts(with: [true, false, true, false]) {
            (name, description) = ("UTF-16BE", "UTF-16, big-endian")
        } else {
            return nil
        }
    }

    /// What is wrong with a file, and the command that converts it.
    func problem(with path: String) -> DisplayText {
        let file = Self.quoted(path)
        return
            "the file is \(description), and not UTF-8; convert it: iconv -f \(name) -t UTF-8 \(file) > \(Self.quoted(path + ".utf8")) "
            + "&& mv \(Self.quoted(path + ".utf8")) \(file)"
    }

    /// Quoted for a shell.
    private static func quoted(_ path: String) -> String {
        let plain = path.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-+@".utf8.contains(byte)
        }
        return plain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }
}
