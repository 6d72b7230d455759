import Chronology
import Database
import Logging
import PartnumberBooks

/// Who asks: a run that dates a book, or that removes some by their dates. Activating a book writes no time that matters, and must
/// be possible on the worst of days; migrating and loading write none either.
extension RunContext {
    /// Refuses a run by a clock that can only be wrong, before anything is written. A time that was set is meant.
    ///
    /// - Throws: `ClockRefusal`.
    func requireBelievableClock(on connection: any Connection) throws {
        if let refusal = try clockRefusal(on: connection) { throw refusal }
    }

    /// Why a run would be refused; nil where it would not.
    func clockRefusal(on connection: any Connection) throws -> ClockRefusal? {
        if clock.isFixed { return nil }
        return ClockGuard.refusal(
            now: clock.machine(), server: try serverTime(on: connection), books: try datedBooks(on: connection))
    }

    /// The server's time as of this machine's now; nil for an engine without a server. Request and response are assumed to take
    /// equally long.
    private func serverTime(on connection: any Connection) throws -> Instant? {
        switch connection.engine {
        case .sqlite: return nil
        case .mariadb:
            let before = clock.machine()
            let theirs = try connection.first("SELECT UTC_TIMESTAMP(3)") { $0.text(0).flatMap(Instant.init(sqlText:)) }
            let after = clock.machine()
            return (theirs ?? nil)?.advanced(byMilliseconds: (after.milliseconds - before.milliseconds) / 2)
        }
    }

    /// The books whose times can be read. A table of another shape has none: what is wrong with it is the schema check's to say.
    private func datedBooks(on connection: any Connection) throws -> [BookHeader] {
        let columns = Set(try connection.columns(of: "qt_partnumber_books")?.map { $0.name.lowercased() } ?? [])
        return columns.isSuperset(of: BookHeader.columnNames) ? try BookRepository(connection).listing().books : []
    }
}
