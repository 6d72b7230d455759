import FoundationEssentials
import Glibc

/// The files of a SQLite database that lie beside it.
enum SQLiteFiles {
    /// The sibling file that keeps the database's tasks: SQLite has one writer per file, and progress is written while a
    /// book is.
    static func tasks(beside path: String) -> String { realPath(path) + "-tasks" }

    /// The file behind symbolic links: one database has one task file and one lock, under whichever name it is opened.
    static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
