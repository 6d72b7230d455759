import Foundation
import Synchronization

/// InnoDB's list of transactions (`information_schema.innodb_trx`), which the server makes anew only when nobody has read it for a
/// tenth of a second: two who look again and again, each for something of its own, could see the same old list for ever.
///
/// So the tests of this process take turns, whatever their servers.
enum TransactionList {
    private static let lastRead = Mutex<ContinuousClock.Instant?>(nil)

    /// Calls `body`, which reads the list once, when the server is ready to make it anew.
    static func read<Result>(_ body: () throws -> Result) rethrows -> Result {
        try lastRead.withLock { lastRead in
            while let last = lastRead, ContinuousClock.now < last + .milliseconds(120) { usleep(5000) }
            defer { lastRead = .now }
            return try body()
        }
    }
}
