extension AtomicFile {
    /// Writes a text to a file, in place of an earlier one of ours.
    ///
    /// - Throws: ``FileError``.
    package static func write(
        _ text: String, to path: String, rights: FileRights, replacing: Replaceable
    ) throws {
        let file = try AtomicFile(at: path, rights: rights, replacing: replacing)
        var text = text
        try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
        try file.publish()
    }

    /// Makes sure, before any work, that only a file of ours would be replaced.
    ///
    /// - Throws: ``FileError``.
    package static func check(_ path: String, replacing: Replaceable) throws {
        _ = try replaced(at: path, replacing)
    }
}
