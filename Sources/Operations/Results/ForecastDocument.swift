package import Chronology
package import ErrorModel
package import PartnumberBooks
package import Retention

/// How long a book will be kept, in JSON and for people: a forecast, with the assumptions behind it.
package struct ForecastDocument: Encodable, Sendable {
    /// Assumed interval between books, in days.
    let everyDays: Int
    /// Number of days with books the interval was estimated from; null if too few.
    @ExplicitNull var observedDays: Int?
    /// The next book under that assumption; null if it is more than a hundred years ahead.
    @ExplicitNull package var nextBook: Instant?
    /// The run that removes the book; null if that is more than a hundred years ahead, and for a pinned book.
    @ExplicitNull package var keptUntil: Instant?
    /// Why the last run that keeps the book keeps it.
    let lastReasons: [String]
    /// Why no tier keeps it in the end.
    let removalReasons: [String]
    /// For people.
    package let text: Text

    private enum CodingKeys: CodingKey {
        case everyDays, observedDays, nextBook, keptUntil, lastReasons, removalReasons
    }

    /// Of each book that the next retention keeps, by its id.
    package static func all(
        of books: [BookHeader], _ marks: BookMarks, _ policy: RetentionPolicy, now: Instant
    ) -> [Int64: ForecastDocument] {
        let candidates = books.map(marks.candidate)
        let cadence = Cadence(of: candidates, keptBy: policy, now: now)
        return policy.forecasts(of: candidates, cadence: cadence, now: now).mapValues {
            ForecastDocument($0, cadence, in: policy.zone)
        }
    }

    /// Nil for a book that the next retention removes.
    package init?(
        of book: BookHeader, among books: [BookHeader], _ marks: BookMarks, _ policy: RetentionPolicy, now: Instant
    ) {
        let candidates = books.map(marks.candidate)
        let cadence = Cadence(of: candidates, keptBy: policy, now: now)
        guard let forecast = policy.forecast(of: book.id, among: candidates, cadence: cadence, now: now) else {
            return nil
        }
        self.init(forecast, cadence, in: policy.zone)
    }

    private init(_ forecast: RetentionForecast, _ cadence: Cadence, in zone: Zone) {
        everyDays = cadence.days
        lastReasons = forecast.lastReasons.map(\.description)
        removalReasons = forecast.end.map { end in end.reasons.map { end.text(of: $0, in: zone).string } } ?? []
        text = Text(forecast, cadence, zone)
        if case .newestDays(let count) = cadence.basis { observedDays = count }
        nextBook = forecast.nextRun
        keptUntil = forecast.end?.at
    }

    /// A forecast in words.
    package struct Text: Sendable {
        package let until: DisplayText
        /// What will be in its place; nil where nothing is to be said of that.
        package private(set) var then: DisplayText?
        package let assuming: DisplayText

        fileprivate init(_ forecast: RetentionForecast, _ cadence: Cadence, _ zone: Zone) {
            let reasons = forecast.lastReasons.map(\.text).joined(separator: ", ")
            if let end = forecast.end {
                until = "about \(zone.date(at: end.at)), at last as \(reasons)"
                then = Self.then(end, forecast.lastReasons, zone)
            } else if forecast.lastReasons.contains(where: \.isPin) {
                until = "for good, as long as it is pinned"
            } else {
                until = "more than \(RetentionForecast.horizonInYears) years from now"
            }
            let start: DisplayText = forecast.nextRun.map { " from \(zone.date(at: $0)) on" } ?? ""
            let basis: DisplayText =
                switch cadence.basis {
                case .newestDays(let count): ", estimated from the newest \(count) days with books"
                case .assumed: "; there are too few books to estimate an interval"
                }
            assuming = "a new book \(cadence.text)\(start)\(basis)"
        }

        /// The reason of the last tier that kept the book; the largest, if several stop at once.
        private static func then(_ end: RetentionForecast.End, _ last: [KeepReason], _ zone: Zone) -> DisplayText {
            let holders: [Tier] = last.compactMap { if case .represents(let tier, _, _) = $0 { tier } else { nil } }
            if let tier = holders.last, let reason = end.reasons.first(where: { $0.tier == tier }) {
                let text = end.text(of: reason, in: zone)
                if case .represented = reason { return text }
                return "with the book of \(zone.date(at: end.newBook.createdAt)), \(text)"
            }
            if last.contains(.previous) {
                return "another book is the previous one, and no tier keeps this one"
            }
            return last.contains(.active)
                ? "the book of \(zone.date(at: end.newBook.createdAt)) is active, and no tier keeps this one"
                : "it is no longer in the future, and no tier keeps it"
        }
    }
}

extension RetentionForecast.End {
    /// A reason that names future books by their days: they have no ids yet.
    fileprivate func text(of reason: RemovalReason, in zone: Zone) -> DisplayText {
        switch reason {
        case .represented(let tier, let bucket, let id):
            let book: DisplayText =
                representatives[id].map { "the book of \(zone.date(at: $0.createdAt))" } ?? "a newer book"
            return "\(book) represents \(tier.bucketNoun) \(bucket)"
        case .overLimit:
            return reason.text
        }
    }
}

extension KeepReason {
    fileprivate var isPin: Bool { if case .pinned = self { true } else { false } }
}

extension RemovalReason {
    /// The tier that it is about.
    fileprivate var tier: Tier {
        switch self {
        case .represented(let tier, _, _), .overLimit(let tier, _, _): tier
        }
    }
}
