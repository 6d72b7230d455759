import Database
import DatabaseSQLite
import Foundation
import PartnumberBooks
import Tasks

/// QuoteForge's local file, made new or brought up to date.
struct LocalExport {
    let context: AppContext
    let exporter: BookExporter
    let path: String

    /// Writes into the file what it lacks of `wanted`.
    func write(_ wanted: [BookHeader]) throws -> ExportDocument {
        try AtomicFile.stands(at: path) ? update(wanted) : make(wanted)
    }

    /// A new file, seen only once it is whole.
    private func make(_ wanted: [BookHeader]) throws -> ExportDocument {
        // SQLite would play another file's log back into the new one.
        for log in ["-wal", "-journal"] where try AtomicFile.stands(at: path + log) {
            throw FileError.strayLog(path + log)
        }
        let file = try AtomicFile(at: path, mode: ExportForm.mode)
        let report = try sync(file.temporaryPath, .memoryUnsynced, wanted, isNew: true)
        let bytes = try context.cancellation.sealing { try file.publish(replacing: false) }
        return ExportDocument(file: path, report, isUpdate: false, bytes: bytes)
    }

    /// A file that the client may be using meanwhile.
    private func update(_ wanted: [BookHeader]) throws -> ExportDocument {
        let report = try sync(path, .unchanged, wanted, isNew: false)
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError.io(path, errno) }
        return ExportDocument(file: path, report, isUpdate: true, bytes: Int(status.st_size))
    }

    private func sync(
        _ place: String, _ journal: SQLiteOptions.Journal, _ wanted: [BookHeader], isNew: Bool
    ) throws -> LocalSync.Report {
        do {
            let connection = try open(place, journal)
            defer { connection.close() }
            context.cancellation.add(try connection.interrupter())
            return try LocalSync(from: exporter, to: connection).run(wanted, isNew: isNew) { connection in
                try context.cancellation.sealing { try connection.commit() }
            }
        } catch let error as DatabaseError where error.place == "sqlite:" + place {
            throw meaning(of: error)
        }
    }

    private func open(_ place: String, _ journal: SQLiteOptions.Journal) throws -> any Connection {
        // Whether its foreign keys hold is the client's own business.
        let connection = try SQLiteConnection(
            path: place, access: .readWrite, journal: journal, enforcesForeignKeys: false)
        #if DEBUG
            return FaultInjection.wrapping(connection)
        #else
            return connection
        #endif
    }

    /// What an error means where the database is a file that is being written.
    private func meaning(of error: DatabaseError) -> any Error {
        switch error.kind {
        case .notADatabase: LocalFileError.noDatabase(place: error.place)
        case .full, .readOnly, .unreachable, .missingRight, .other: FileError.database(path, error.message)
        default: error
        }
    }
}
