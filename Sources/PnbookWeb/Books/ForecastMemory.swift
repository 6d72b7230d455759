import Chronology
import Operations
import PartnumberBooks
import Retention
import Synchronization

/// The last forecasts: of the same books they stay the same until the next book is due, and they are the dearest part of the list.
final class ForecastMemory: Sendable {
    private struct Known {
        let candidates: [RetentionCandidate]
        let zone: Zone
        let forecasts: [Int64: ForecastDocument]
        /// From when on, and until when, nothing but the books decides about them.
        let from: Instant
        let until: Instant
    }

    private let known = Mutex<Known?>(nil)

    /// Of each book that the next retention keeps, by its id.
    func forecasts(
        of books: [BookHeader], _ marks: BookMarks, _ policy: RetentionPolicy, now: Instant
    ) -> [Int64: ForecastDocument] {
        let candidates = books.map(marks.candidate)
        if let known = known.withLock(\.self), known.candidates == candidates, known.zone == policy.zone,
            known.from <= now, now < known.until
        {
            return known.forecasts
        }
        let forecasts = ForecastDocument.all(of: books, marks, policy, now: now)
        // A book of the future begins to count by itself.
        let hasFuture = candidates.contains { $0.createdAt > now }
        let next = forecasts.values.compactMap(\.nextBook).min()
        let fresh =
            hasFuture
            ? nil
            : next.map {
                Known(candidates: candidates, zone: policy.zone, forecasts: forecasts, from: now, until: $0)
            }
        known.withLock { $0 = fresh }
        return forecasts
    }
}
