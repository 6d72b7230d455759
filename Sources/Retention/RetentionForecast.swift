package import Chronology

/// How long a kept book will stay if new books keep coming and each is followed by retention (<doc:Counting#Forecast>).
package struct RetentionForecast: Equatable, Sendable {
    /// Why the last run that keeps the book keeps it; where no end is found, why it is kept now.
    package let lastReasons: [KeepReason]
    /// The next assumed run; nil where it lies beyond the horizon.
    package let nextRun: Instant?
    /// Nil where there is no end within ``horizonInYears``, and for a pinned book.
    package let end: End?

    /// The run that removes the book.
    package struct End: Equatable, Sendable {
        /// When it runs.
        package let at: Instant
        /// The book that it has just made.
        package let newBook: RetentionCandidate
        /// Why each enabled tier does not keep the book then; the ids of future books continue from the highest existing id.
        package let reasons: [RemovalReason]
        /// The books that `reasons` name, by id.
        package let representatives: [Int64: RetentionCandidate]
    }

    /// How far the forecast looks.
    package static let horizonInYears = 100
}

extension RetentionPolicy {
    /// Foresees how long the book `id` will be kept, if after `now` a book is made with `cadence`, becomes the
    /// active one, and is followed by retention. The book that is active now is the previous one then, for one run.
    ///
    /// - Returns: nil where there is no such book, or where the next retention removes it.
    package func forecast(of id: Int64, among books: [RetentionCandidate], cadence: Cadence, now: Instant)
        -> RetentionForecast?
    {
        var future = ForeseenShelf(self, books, cadence, now: now)
        return future.present.kept.first { $0.book.id == id }.map { future.forecast(of: $0) }
    }

    /// The same for all of `books` that the next retention keeps, by id. What is to come is foreseen once for all of them.
    package func forecasts(of books: [RetentionCandidate], cadence: Cadence, now: Instant)
        -> [Int64: RetentionForecast]
    {
        var future = ForeseenShelf(self, books, cadence, now: now)
        let forecasts = future.present.kept.map { ($0.book.id, future.forecast(of: $0)) }
        return Dictionary(forecasts) { first, _ in first }
    }
}
