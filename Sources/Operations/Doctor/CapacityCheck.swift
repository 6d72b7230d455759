import Database
import ErrorModel
import FoundationEssentials
import Glibc
import PartnumberBooks

/// Checks whether another book like the active one would fit: in one transaction, and on the disks of this machine.
struct CapacityCheck {
    private let context: RunContext
    private let connection: any Connection

    init(_ context: RunContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
    }

    /// Assumed size of an item, in bytes.
    private static let assumedItem = 100

    func diagnoses() throws -> [Diagnosis] {
        guard try connection.hasTable("qt_partnumber_books") else { return [] }
        let repository = BookRepository(connection)
        let items = try repository.activeBook().map {
            try repository.knownItems(of: $0.id)
        }
        let bytes = (items ?? 0) * Self.assumedItem
        try connection.checkCapacity(rows: items ?? 0, bytes: bytes)
        var diagnoses: [Diagnosis] = [
            .ok("room", "another book of \((items ?? 0).counted("item")) fits\(size(try bytesInUse()))")
        ]
        if let free = Self.freeBytes(TemporaryFolder.path), free < 2 * bytes {
            diagnoses.append(
                .broken(
                    "temporary files",
                    "\(TemporaryFolder.path) has \(free.grouped) bytes free, and the sort may need \((2 * bytes).grouped)",
                    fix: .text("Make room there, or set TMPDIR to a folder with more"), .output))
        }
        return diagnoses
    }

    private func size(_ bytes: Int?) -> DisplayText {
        bytes.map { "; books take \(max(1, $0 >> 20).grouped) MiB now" } ?? ""
    }

    /// Bytes that the books take; of SQLite the size of the whole file. Nil if unknown.
    private func bytesInUse() throws -> Int? {
        switch try context.requireDatabase() {
        case .sqlite(let path): (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
        case .mariadb:
            try connection.report(on: ["qt_partnumber_books", "qt_partnumber_book_items"], clock: { 0 }).tables
                .compactMap(\.bytes).reduce(0, +)
        }
    }

    private static func freeBytes(_ folder: String) -> Int? {
        var disk = statvfs()
        return statvfs(folder, &disk) == 0 ? Int(disk.f_bavail) * Int(disk.f_frsize) : nil
    }
}
