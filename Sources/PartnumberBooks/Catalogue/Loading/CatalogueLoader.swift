package import Database

/// Brings a catalogue from CSV files into a database (<doc:CatalogueFiles>).
///
/// All files are checked to their ends before the database is touched, and the rows go in by one transaction: a
/// catalogue is loaded whole or not at all.
package struct CatalogueLoader {
    private let files: [CatalogueFile]

    /// Finds and checks the files in `folder`.
    ///
    /// - Parameter proceed: called now and then; throws to stop the work.
    /// - Throws: `LoadError`.
    package init(folder: String, proceed: () throws -> Void = {}) throws {
        files = try CatalogueFile.all(in: folder, proceed)
    }

    /// Rows of all files.
    package var rows: Int { files.reduce(0) { $0 + $1.rows } }

    /// Makes the source tables that are missing, and checks that the existing ones are empty.
    ///
    /// - Parameter replacing: existing rows are allowed; ``load(into:replacing:progress:)`` will remove them.
    /// - Returns: the tables that were made.
    package func prepare(_ connection: any Connection, replacing: Bool) throws -> [String] {
        let missing = try check(connection, replacing: replacing)
        for table in missing { try connection.execute(BaselineTables.creation(of: table, connection.engine)) }
        return missing.map(\.rawValue)
    }

    /// Checks that the existing source tables are empty, and changes nothing.
    ///
    /// - Returns: the tables that are missing.
    @discardableResult
    package func check(_ connection: any Connection, replacing: Bool) throws -> [CatalogueTable] {
        var filled: [String] = []
        let missing = try CatalogueTable.allCases.filter { table in
            guard try connection.hasTable(table.rawValue) else { return true }
            let hasRows = try connection.count("SELECT EXISTS (SELECT 1 FROM \(identifier: table.rawValue))") == 1
            if hasRows { filled.append(table.rawValue) }
            return false
        }
        if !replacing, !filled.isEmpty {
            throw LoadError.notEmpty(tables: filled, place: connection.place, engine: connection.engine)
        }
        return missing
    }

    /// Takes back what ``prepare(_:replacing:)`` made, after a load that failed; tables with rows in them stay.
    package func takeBack(_ made: [String], on connection: any Connection) throws {
        for table in made.reversed()
        where try connection.count("SELECT EXISTS (SELECT 1 FROM \(identifier: table))") == 0 {
            try connection.execute("DROP TABLE \(identifier: table)")
        }
    }

    /// Loads the rows.
    ///
    /// - Parameters:
    ///   - replacing: existing rows of the source tables are removed first, in the same transaction.
    ///   - progress: called now and then with the number of rows sent, of all tables.
    /// - Returns: the rows of each table loaded.
    package func load(
        into connection: any Connection, replacing: Bool, progress: (_ rows: Int, _ table: String) throws -> Void
    ) throws -> [(table: String, rows: Int)] {
        try checkColumns(connection)
        do {
            try loadOnce(into: connection, replacing: replacing, singlyFrom: nil, progress: progress)
        } catch let refusal as BatchRefused {
            // Once more, row by row near the refused one, to find its line.
            try loadOnce(into: connection, replacing: replacing, singlyFrom: refusal) { _, _ in }
            throw refusal.cause
        }
        return files.map { ($0.table.rawValue, $0.rows) }
    }

    private func checkColumns(_ connection: any Connection) throws {
        for file in files {
            let present = Set((try connection.columns(of: file.table.rawValue) ?? []).map { $0.name.lowercased() })
            for (column, position) in zip(file.columns, file.columnPositions) where !present.contains(column.name) {
                throw LoadError.missingColumn(
                    file: file.name, position: position, column: column.name, table: file.table.rawValue)
            }
        }
    }

    /// A batch in which some row was refused; neither engine says which.
    private struct BatchRefused: Error {
        let file: String
        /// Rows of the file that had been taken before the batch.
        let rowsBefore: Int
        let cause: DatabaseError
    }

    private func loadOnce(
        into connection: any Connection, replacing: Bool, singlyFrom refusal: BatchRefused?,
        progress: (Int, String) throws -> Void
    ) throws {
        var sent = 0
        try connection.transaction(.write) {
            let cleared = try clear(connection, replacing: replacing)
            try connection.checkCapacity(rows: cleared + rows, bytes: 0)
            for file in files {
                try progress(sent, file.table.rawValue)
                let singlyFrom = refusal?.file == file.name ? refusal?.rowsBefore : nil
                try insertRows(of: file, into: connection, singlyFrom: singlyFrom) { rows in
                    try progress(sent + rows, file.table.rawValue)
                }
                sent += file.rows
            }
        }
    }

    /// - Returns: how many rows were removed.
    private func clear(_ connection: any Connection, replacing: Bool) throws -> Int {
        var rows = 0
        for table in CatalogueTable.allCases.reversed() {
            if replacing {
                rows += try connection.execute("DELETE FROM \(identifier: table.rawValue)")
            } else if try connection.count("SELECT EXISTS (SELECT 1 FROM \(identifier: table.rawValue))") == 1 {
                // Another process has inserted rows since the first look.
                throw LoadError.notEmpty(tables: [table.rawValue], place: connection.place, engine: connection.engine)
            }
        }
        return rows
    }

    private func insertRows(
        of file: CatalogueFile, into connection: any Connection, singlyFrom: Int?, progress: (Int) throws -> Void
    ) throws {
        let insert = try connection.bulkInsert(into: file.table.rawValue, columns: file.columns.map(\.name))
        let reader = try CSVReader(path: file.path)
        _ = try reader.readRecord()
        let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: file.columns.count)
        cells.initialize(repeating: .null)
        defer { cells.deallocate() }
        var rows = 0
        var line = 1
        do {
            while try reader.readRecord() {
                line = reader.fields[0].position.line
                try reader.withCells(cells, file.columns) { try insert.append($0) }
                rows += 1
                if let singlyFrom, rows >= singlyFrom { try insert.flush() }
                if rows % ProgressStep.rows == 0 { try progress(rows) }
            }
            try insert.flush()
        } catch let error as DatabaseError where error.isAboutARow {
            if singlyFrom == nil {
                throw BatchRefused(file: file.name, rowsBefore: insert.rowsWritten, cause: error)
            }
            throw LoadError.rejected(file: file.name, line: line, reason: error.message)
        }
    }
}

extension DatabaseError {
    /// The row itself was refused, not the connection or the right to write.
    fileprivate var isAboutARow: Bool {
        switch kind {
        case .uniqueViolation, .constraintViolation, .dataTooLong: true
        default: code == 1366 || code == 1264
        }
    }
}

extension CSVReader {
    /// The current record as cells of a row, valid inside `body`.
    fileprivate func withCells(
        _ cells: UnsafeMutableBufferPointer<Cell>, _ columns: [ColumnFormat],
        _ body: (UnsafeBufferPointer<Cell>) throws -> Void
    ) throws {
        try bytes.withUnsafeBytes { memory in
            for (index, column) in columns.enumerated() {
                let field = fields[index]
                let text = UnsafeRawBufferPointer(rebasing: memory[field.start..<field.end])
                if isNull(field, text) {
                    cells[index] = .null
                } else if case .flag = column.kind {
                    cells[index] = .integer(text[0] == UInt8(ascii: "1") ? 1 : 0)
                } else {
                    cells[index] = .text(text)
                }
            }
            try body(UnsafeBufferPointer(cells))
        }
    }
}
