package import Chronology
package import Database
package import ErrorModel
import Retention

/// Books that are dated after now, and how to date them again.
///
/// A clock that was wrong once leaves them: each later book must be later still, so all of them stay in the future and take no part
/// in retention.
package struct FutureBooks: Sendable {
    /// Newest first; at least one.
    package let books: [BookHeader]
    /// What each of them is to be dated, in the same order.
    package let times: [Instant]

    /// Nil where retention counts every book.
    ///
    /// - Parameters:
    ///   - books: all of them, in any order.
    ///   - zone: of the versions' dates.
    package init?(among books: [BookHeader], now: Instant, zone: Zone) {
        let newestFirst = books.sorted(by: BookHeader.isNewer)
        let horizon = now.advanced(byMilliseconds: RetentionPolicy.futureTolerance)
        guard let newest = newestFirst.first, newest.createdAt > horizon else { return nil }
        self.books = newestFirst.filter { $0.createdAt > now }
        times = Self.times(
            of: self.books, after: newestFirst.first { $0.createdAt <= now }?.createdAt, now: now, zone: zone)
    }

    /// As late as can be, and in the same order: a book whose version names a day until now gets that day, any other one the
    /// moment before the next. So a book of an unknown time takes no bucket from one whose time is known.
    private static func times(
        of newestFirst: [BookHeader], after older: Instant?, now: Instant, zone: Zone
    ) -> [Instant] {
        var next = now.advanced(byMilliseconds: 1)
        var times = newestFirst.map { book in
            let latest = next.advanced(byMilliseconds: -1)
            next = min(day(of: book.version, now: now, zone: zone) ?? latest, latest)
            return next
        }
        // Still later than every older book.
        guard var earliest = older else { return times }
        for index in times.indices.reversed() {
            earliest = earliest.advanced(byMilliseconds: 1)
            times[index] = max(times[index], earliest)
        }
        return times
    }

    /// The version's date, at the time of day of `now`; nil for a date after now, and for a version of another form.
    private static func day(of version: String, now: Instant, zone: Zone) -> Instant? {
        guard let date = BookVersion.date(of: version) else { return nil }
        let days = date.daysSinceEpoch - zone.date(at: now).daysSinceEpoch
        guard (-36_525...0).contains(days) else { return nil }
        return zone.instant(Int(days), daysAfter: now)
    }

    /// The statements that date them so, in the order in which they are to be run, each with its semicolon.
    package func statements(on connection: any Connection) throws -> [String] {
        let ids = books.map { String($0.id) }.joined(separator: ", ")
        let cases = zip(books, times).map { "WHEN \($0.id) THEN '\($1.sqlText)'" }.joined(separator: " ")
        var statements = [
            "UPDATE \(BookRepository.table) SET created_at = CASE id \(cases) END WHERE id IN (\(ids));"
        ]
        if try connection.hasTable(BookLedger.table) {
            statements.append(
                "UPDATE \(BookLedger.table) SET created_at = CASE book_id \(cases) END WHERE book_id IN (\(ids));")
        }
        // A TIMESTAMP takes the time of the session's zone, which need not be ours in another client.
        let type = try connection.columns(of: BookRepository.table)?.first { $0.name.lowercased() == "created_at" }
        if connection.engine == .mariadb, type?.declaredType.lowercased().hasPrefix("timestamp") == true {
            statements.insert("SET time_zone = '+00:00';", at: 0)
        }
        return statements
    }

    /// What is wrong, and what it means for runs.
    package var text: DisplayText {
        guard let newest = books.first else { return "" }
        let (version, time) = (Excerpt.bare(newest.version), newest.createdAt)
        let dated: DisplayText =
            books.count > 1
            ? "\(version) and \(books.count - 1) more are dated in the future, up to \(time)"
            : "\(version) is dated in the future, up to \(time)"
        return
            "\(dated): kept, without a part in retention, and each new book must be later still. Their versions stay as they "
            + "are"
    }
}
