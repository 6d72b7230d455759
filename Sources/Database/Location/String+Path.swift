/// Paths byte by byte, as the kernel reads them: a slash with an accent on it is one.
extension String {
    /// The path without its last component: `/var/lib` for `/var/lib/books.db`, nothing for `books.db`.
    package var folderPath: String {
        let path = withoutLastSlashes
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[..<path.utf8.index(after: slash)]).withoutLastSlashes
    }

    /// The path's last component: `books.db`; `/` for the root.
    package var lastPathComponent: String {
        let path = withoutLastSlashes
        guard path != "/", let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    private var withoutLastSlashes: String {
        guard let end = utf8.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return isEmpty ? "" : "/" }
        return String(self[..<utf8.index(after: end)])
    }
}
