import CSQLite
import Database
import ErrorModel
import FoundationEssentials
import Glibc

extension SQLiteConnection {
    /// Bytes of a row beside its values, at least: the record's header, the book's number, the flag, the cell's place.
    private static let rowOverhead = 12

    /// Looks at the room on the file's disk: the write-ahead log takes the whole transaction before anything is committed.
    package func checkCapacity(rows count: Int, bytes: Int) throws {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return }
        let free = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
        let need = UInt64(bytes + count * Self.rowOverhead)
        guard need > free else { return }
        throw DatabaseError(
            kind: .full, engine: .sqlite, code: Int(SQLITE_FULL),
            message: "the write-ahead log would grow by at least \(need) bytes, and the disk has \(free)", place: place)
    }
}
