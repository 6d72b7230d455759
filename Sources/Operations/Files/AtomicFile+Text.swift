extension AtomicFile {
    /// Permissions of files that other programs read.
    package static let publicMode: UInt32 = 0o644

    /// Writes a text to a file, in place of what was in it.
    ///
    /// - Throws: ``FileError``.
    package static func write(_ text: String, to path: String, mode: UInt32) throws {
        let file = try AtomicFile(at: path, mode: mode)
        var text = text
        try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
        try file.publish()
    }
}
