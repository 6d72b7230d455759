import Chronology
import Database
import MigrationScripts
import Migrations
import PartnumberBooks
import Tasks

extension MigrationRunner {
    /// A runner for this program's migrations, and the tables of its own.
    init(
        ofThisProgramOn connection: any Connection, clock: @escaping () -> Instant, who: String,
        timing: RetryTiming = .system
    ) {
        self.init(
            connection,
            migrations: MigrationScripts.all.map { script in
                let text =
                    switch connection.engine {
                    case .sqlite: script.sqlite
                    case .mariadb: script.mariadb
                    }
                return Migration(number: script.number, name: script.name, text: text)
            },
            ownTables: [
                BookLedger.definition, FencingToken.definition, BookActivations.definition, BookPins.definition,
            ],
            clock: clock, who: who, timing: timing)
    }
}

extension ConnectionFactory {
    /// An error as it is to be told: where a table or a column is missing, because migrations are pending or because this is no
    /// catalogue's schema, that.
    ///
    /// - Parameter purpose: of the connection that looks.
    package func explaining(_ error: any Error, lookingAs purpose: ConnectionPurpose) -> any Error {
        guard let missing = error as? DatabaseError, [.missingTable, .missingColumn].contains(missing.kind),
            let connection = try? open(purpose)
        else { return error }
        defer { connection.close() }
        do {
            try MigrationRunner(ofThisProgramOn: connection, clock: { .fromSystemClock() }, who: "").requireComplete()
            return error
        } catch let found as SchemaError {
            return found
        } catch {
            return missing
        }
    }
}
