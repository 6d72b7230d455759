import Chronology
import ErrorModel
import Foundation
import Retention

@testable import Database
@testable import DatabaseMariaDB
@testable import Migrations
@testable import Operations
@testable import PartnumberBooks
@testable import Pipelines
@testable import PnbookCLI
@testable import Tasks

/// Errors of every type that the program throws, with all their cases, and remedies of every case.
enum ErrorSamples {
    static let all: [any Diagnosable] =
        database + schema + tasks + books + catalogue + publishing + files

    private static func error(
        _ kind: DatabaseError.Kind, _ engine: Engine = .mariadb, _ advice: Remedy? = nil
    ) -> DatabaseError {
        DatabaseError(kind: kind, engine: engine, code: 1, message: "no", place: "here", advice: advice)
    }

    private static let database: [any Diagnosable] =
        Engine.allCases.flatMap { engine in
            [
                .unreachable, .accessDenied, .missingRight(grant: nil), .missingRight(grant: "GRANT SELECT ON t TO u"),
                .missingTable, .missingColumn, .readOnly, .lockTimeout, .deadlock, .snapshotConflict, .connectionLost,
                .uniqueViolation, .constraintViolation, .dataTooLong, .full, .notADatabase, .tls, .unsupportedServer,
                .unsupportedSetting, .limitReached, .configuration, .interrupted, .misuse, .other,
            ].map { error($0, engine) }
        } + [
            error(.unreachable, .mariadb, .checkLocation(.schema)),
            TransactionError(cause: error(.deadlock), rollback: error(.connectionLost)),
            DatabaseURLError.unknownScheme, DatabaseURLError.emptyPath, DatabaseURLError.inMemory,
            DatabaseURLError.fileURI, DatabaseURLError.missingSchema, DatabaseURLError.passwordInURL,
            DatabaseURLError.badUser, DatabaseURLError.badHost, DatabaseURLError.badSchema, DatabaseURLError.badPort,
            DatabaseURLError.badEscape("host"), DatabaseURLError.unknownParameter(position: 1),
            DatabaseURLError.badTLSMode, DatabaseURLError.missingCA,
        ]

    private static let difference = SchemaDifference("t.c", "t.c is a text", remedy: "ALTER TABLE t DROP c;")

    private static let schema: [any Diagnosable] = [
        SchemaError.schemaTooNew(column: "t.c"), SchemaError.pending([26, 27]), SchemaError.halfApplied(27),
        SchemaError.edited(26), SchemaError.unknown(31, name: "x"), SchemaError.gap(recorded: 28, missing: 27),
        SchemaError.different([difference]), SchemaError.differentMeanwhile(difference),
        SchemaError.missingTable("lot"),
        SchemaError.withoutEffect(object: "t.c"),
        MigrationInterrupted(migration: "026 x", cause: error(.lockTimeout), isHalfApplied: true),
        MigrationInterrupted(migration: "026 x", cause: error(.tls), isHalfApplied: false),
    ]

    private static let running = TaskRecord(
        id: "abcd", type: "partnumber_book_create", status: .running, progress: 5, message: "reading",
        triggeredBy: "scheduled", createdAt: now, owner: nil)

    private static let tasks: [any Diagnosable] = [
        DatabaseBusyError(holder: nil, place: "here"),
        DatabaseBusyError(holder: nil, lock: LockHolder(number: 7), place: "here"), TaskError.endedElsewhere("a"),
        TaskError.notFound("a"), TaskError.tooShort("a"), TaskError.ambiguous("abcd", [running, running]),
        TaskError.noneRunning(last: nil), TaskError.noneRunning(last: running),
        TaskError.severalRunning([running, running]),
        TaskError.notRunning("a", .completed), Cancelled(reason: .signal(SIGINT)), Cancelled(reason: .signal(SIGTERM)),
        Cancelled(reason: .signal(SIGHUP)),
        Cancelled(reason: .request(by: "ann")), Cancelled(reason: .revoked),
        RetentionPolicyError.negative(.daily, -1), RetentionPolicyError.keepsNothing,
    ]

    private static let books: [any Diagnosable] = [
        BookDataError.cycle(BundleCycle(bundles: ["A", "B"]), partnumber: "P"),
        ClockRefusal.implausible(now: now), ClockRefusal.serverDiffers(now: now, server: now),
        ClockRefusal.beyondNewest(now: now, book),
        BookDataError.rowTooLarge(bytes: 1 << 30, vendor: "'v'", partnumber: "'P'"),
        BookDataError.tooLong(field: "LOT", characters: 300, limit: 255, partnumber: "P"),
        BookDataError.badValue(table: "t", column: "c", row: "id 1", .flag("'x'")),
        BookDataError.badValue(table: "t", column: "c", row: "id 1", .encoding("FF")),
        BookDataError.badValue(table: "t", column: "c", row: "id 1", .blob(bytes: 1)),
        BookDataError.badValue(table: "t", column: "c", row: "id 1", .number("1")),
        BookDataError.badItem(book: "B", column: "c", item: "i", .encoding("FF")),
        BookDataError.lastInstant(book: "B", id: 1),
        BookDataError.lastID("no id is left", fix: "ALTER TABLE qt_partnumber_books AUTO_INCREMENT = 8"),
        BookDataError.lastVersion("B"), BundleCycle(bundles: ["A"]),
        SpillError.io("write", "/tmp", ENOSPC), SpillError.recordTooLarge(1 << 30),
        UnreadableBook(id: "x", version: "B", flaw: .id), UnreadableBook(id: "1", version: "B", flaw: .createdAt(nil)),
        BookNotFound(name: "active", place: "here"), BookNotFound(name: "9", place: "here"),
        BookNotFound(name: "previous", place: "here"), BookNotFound(name: "newest", place: "here"),
        BookNotFound(name: "9", place: "here", removed: .init(version: "B", at: .fromSystemClock())),
        PinRefusal.emptyNote, PinRefusal.longNote(201), PinRefusal.noTable,
    ]

    private static let now = Instant(milliseconds: 1_795_143_600_000)
    private static let book = BookHeader(id: 1, version: "B", createdAt: now, createdBy: "ann", isActive: true)

    private static let catalogue: [any Diagnosable] = [
        CatalogueSchemaError.missingTable("lot", place: "here"),
        CatalogueSchemaError.missingColumn(table: "lot", column: "c", place: "here"),
        CatalogueSchemaError.withoutSnapshot(
            table: "lot", unsafe: [UnsafeTable(name: "`lot`", engine: "MyISAM")], place: "here"),
        LoadError.unreadable(path: "lot.csv", reason: "no"), LoadError.unknownFile("x.csv"),
        LoadError.missingFile("lot.csv"), LoadError.malformed(file: "f", position: position, problem: "no"),
        LoadError.missingColumn(file: "f", position: position, column: "is_primary_pn", table: "t"),
        LoadError.missingColumn(file: "f", position: position, column: "x", table: "t"),
        LoadError.rejected(file: "f", line: 1, reason: "no"),
        LoadError.notEmpty(tables: ["lot"], place: "here", engine: .sqlite),
        LoadError.notEmpty(tables: ["lot"], place: "here", engine: .mariadb),
    ]

    private static let position = CSVPosition(line: 1, column: 1)

    private static let publishing: [any Diagnosable] = [
        GuardRefusal.noItems(BookTallies()), GuardRefusal.shrunken(BookTallies(), active: 9, version: "B"),
        PublicationError.itemsLost(written: 1, of: 2), PublicationError.notActivated(1),
        PublicationError.unusableID(-1), PublicationError.strayItems(1),
        PublicationError.refusedByTable(error(.constraintViolation)),
        PublicationError.keyCollision(error(.uniqueViolation, .sqlite)),
        PublicationError.changedByItself(header: "B", from: "a", to: "b"), CommitLost(cause: error(.connectionLost)),
        OutcomeUnknown(commit: error(.connectionLost), look: error(.unreachable)),
        ActivationRefusal.noItems("B"), ActivationRefusal.changed("B", items: 1, recorded: 2),
        ExportRefusal.noItems("B"), ExportRefusal.changed("B", items: 1, recorded: 2),
        ExportRefusal.otherBook(place: "l.db", id: 1, held: "A", version: "B"),
        QuoteForgeFileError.missing(place: "l.db", what: "no table"), QuoteForgeFileError.noDatabase(place: "l.db"),
        PruneError(book: "B", removedBefore: ["A"], cause: error(.lockTimeout)), BookChangedMeanwhile(version: "B"),
        PruneRefusal.beyondLimit(removals: 9, limit: 5, hash: "0a"),
        PruneRefusal.otherPlan(approved: "0a", actual: "0b"),
    ]

    private static let files: [any Diagnosable] = [
        FileError.io("f", ENOSPC), FileError.io("f", EACCES), FileError.link("f"), FileError.folder("f"),
        FileError.notARegularFile("f"), FileError.notOurs("f", .metrics), FileError.leftover("f", EACCES),
        FileError.busy("f"),
        FileError.createdMeanwhile("f"),
        FileError.orphanedJournal("f"), FileError.database("f", "no"), OutputError(descriptor: 1, number: ENOSPC),
        RetentionListError(text: "no"), UsageError("no"), ConfigurationError("no"),
        OptionFileError("f:1: no", remedy: .text("Write name=value")),
        FailedCreation(
            cause: PublicationError.notActivated(1),
            counted: .init(tallies: BookTallies(), isMerged: false, changes: nil)),
        WorkbookError.cellTooLong(partnumber: "A", column: "description", length: 40_000),
        WorkbookError.archiveTooLarge,
        WorkbookError.memory, LostTask(task: lost), ThreadError(thread: "rules", code: EAGAIN),
    ]

    private static let lost = TaskRecord(
        id: "a", type: "x", status: .running, progress: 1, message: "at work", triggeredBy: "scheduled",
        createdAt: .fromSystemClock())

    // MARK: Remedies

    static let remedies: [Remedy] =
        [
            .createBook(), .createBook(replacing: "B"), .createFirstBook, .activateBook, .chooseBook, .unpin(book: "7"),
            .checkBooks(retry: true), .checkBooks(retry: false), .allowShrink, .decideOnShrunkenBook,
            .approvePlan(hash: "0a"), .reviewPlan,
            .setClock(now: "2026-11-20T03:00:00.000Z"),
            .loadCatalogue, .replaceCatalogue, .reviewMigrations, .migrationStatus, .applyMigrations, .resumeMigration,
            .migrateFirst(number: "026"), .waitForTask(id: "a"), .waitForTask(id: nil), .showTask(id: "a"),
            .watchTask(id: "a"), .cancelTask(id: "a"), .chooseTask, .checkTimer, .reviewConfiguration,
            .otherDatabase(what: "another node", alternative: "bring this one back"), .checkCredentials(),
            .checkCredentials(note: "it may be locked"), .handOverPassword(first: "Take it out"),
            .grant(statement: "GRANT SELECT ON t TO u"), .giveRights(["GRANT SELECT ON t TO u;"]),
            .pinCertificate(alternative: "Say tls=require"), .sql(["DROP TABLE t;", "DROP TABLE u;"]), .changeTables,
            .tryAgain, .tryLater, .waitForOther, .makeRoom, .chooseNewFile, .replaceFile, .diagnose,
            .steps([.tryAgain, .text("Look")]), .text("Look"),
        ] + Remedy.DatabasePart.allCases.map(Remedy.checkLocation)
        + Remedy.GrantDoubt.allCases.map { .grant(statement: "GRANT SELECT ON t TO u", doubt: $0) }

    static let remedyCount = 42

    /// A number for each case: one that is not here does not compile.
    static func ordinal(of remedy: Remedy) -> Int {
        switch remedy {
        case .createBook: 0
        case .createFirstBook: 1
        case .activateBook: 2
        case .chooseBook: 3
        case .checkBooks: 4
        case .allowShrink: 5
        case .approvePlan: 6
        case .reviewPlan: 7
        case .loadCatalogue: 8
        case .replaceCatalogue: 9
        case .reviewMigrations: 10
        case .migrationStatus: 11
        case .applyMigrations: 12
        case .resumeMigration: 13
        case .migrateFirst: 14
        case .waitForTask: 15
        case .showTask: 16
        case .watchTask: 17
        case .cancelTask: 18
        case .chooseTask: 19
        case .checkTimer: 20
        case .reviewConfiguration: 21
        case .checkLocation: 22
        case .otherDatabase: 23
        case .checkCredentials: 24
        case .handOverPassword: 25
        case .grant: 26
        case .giveRights: 27
        case .pinCertificate: 28
        case .sql: 29
        case .changeTables: 30
        case .tryAgain: 31
        case .tryLater: 32
        case .waitForOther: 33
        case .makeRoom: 34
        case .chooseNewFile: 35
        case .diagnose: 36
        case .steps, .text: 37
        case .setClock: 38
        case .replaceFile: 39
        case .unpin: 40
        case .decideOnShrunkenBook: 41
        }
    }

    // MARK: The source

    /// The names of the error types that the product's source declares.
    static func declaredTypes() throws -> (diagnosable: Set<String>, others: Set<String>) {
        var (diagnosable, others): (Set<String>, Set<String>) = ([], [])
        // The page's server is another program, and has other words.
        let files = Checkout.swiftFiles(in: "Sources").filter { file in
            !["/PnbookWeb/", "/WebServer/"].contains { file.path.contains($0) }
        }
        for file in files {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if let match = line.firstMatch(of: #/(?:struct|enum|class) (\w+)\s*:.*\bDiagnosable\b/#) {
                    diagnosable.insert(String(match.1))
                } else if let match = line.firstMatch(of: #/(?:struct|enum|class) (\w+)\s*:.*\bError\b/#) {
                    others.insert(String(match.1))
                }
            }
        }
        return (diagnosable, others)
    }
}
