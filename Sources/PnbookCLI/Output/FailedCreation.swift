import ErrorModel
import Operations
import PartnumberBooks
import Tasks

/// A `create` that was refused, or failed, once it had read the catalogue: the error, and what had been seen
/// (<doc:Publishing#Refusals-say-what-was-seen>).
struct FailedCreation: Diagnosable {
    let cause: any Error
    let counted: RunTally.Counted

    /// Runs `work`; what it throws once the catalogue has been read is thrown with the tally.
    static func telling<Value>(_ tally: RunTally, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            // Another run that was met when this one tried again is not a failure of what it had read.
            guard let counted = tally.counted, !(error is DatabaseBusyError) else { throw error }
            throw FailedCreation(cause: error, counted: counted)
        }
    }

    var text: DisplayText { "\(cause)" }
    var category: ErrorCategory { ErrorCategory(of: cause) }
    var remedy: Remedy? { Remedy(for: cause) }

    /// With the essential counts, for a reader who sees no table; a guard's own message has them.
    var summary: DisplayText {
        let message = (cause as? any Diagnosable)?.summary ?? DisplayText(of: cause)
        let news = cause is GuardRefusal ? counted.changes?.sentence : counted.sentence
        return news.map { "\(message). \($0)" } ?? message
    }
}
