extension StaticString {
    /// The text where it is in the program, terminated by a NUL: it never moves and is never freed.
    var cString: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}
