import Database
import FoundationEssentials
import Glibc
import PartnumberBooks
import Tasks

/// QuoteForge's local file, made new or brought up to date.
struct QuoteForgeExport {
    let context: RunContext
    let exporter: BookExporter
    let path: String

    /// Writes those of `wanted` that the file lacks.
    func write(_ wanted: [BookHeader]) throws -> ExportDocument {
        try AtomicFile.exists(at: path) ? update(wanted) : make(wanted)
    }

    /// Makes a new file, which has its name only once it is complete.
    private func make(_ wanted: [BookHeader]) throws -> ExportDocument {
        // SQLite would replay another file's log into the new one.
        for log in ["-wal", "-journal"] where try AtomicFile.exists(at: path + log) {
            throw FileError.orphanedJournal(path + log)
        }
        let file = try AtomicFile(at: path, rights: .restricted, replacing: .nothing)
        let report = try sync(file.temporaryPath, wanted, isNew: true)
        let bytes = try context.cancellation.withCancellationDisabled { try file.publish() }
        return ExportDocument(file: path, report, isUpdate: false, bytes: bytes)
    }

    /// Updates a file that the client may be using at the same time.
    private func update(_ wanted: [BookHeader]) throws -> ExportDocument {
        let report = try sync(path, wanted, isNew: false)
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError.io(path, errno) }
        return ExportDocument(file: path, report, isUpdate: true, bytes: Int(status.st_size))
    }

    private func sync(_ file: String, _ wanted: [BookHeader], isNew: Bool) throws -> QuoteForgeSync.Report {
        do {
            let connection = try context.connections.openClientFile(file, isNew)
            defer { connection.close() }
            context.cancellation.add(try connection.interrupter())
            return try QuoteForgeSync(from: exporter, to: connection).run(wanted, isNew: isNew) { connection in
                try context.cancellation.withCancellationDisabled { try connection.commit() }
            }
        } catch let error as DatabaseError where error.place == "sqlite:" + file {
            throw translated(error)
        }
    }

    /// A database's error as that of a file that is being written.
    private func translated(_ error: DatabaseError) -> any Error {
        switch error.kind {
        case .notADatabase: QuoteForgeFileError.noDatabase(place: error.place)
        case .full, .readOnly, .unreachable, .missingRight, .other: FileError.database(path, error.message)
        default: error
        }
    }
}
