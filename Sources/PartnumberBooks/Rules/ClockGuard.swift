package import Chronology
package import ErrorModel

/// Whether the machine's time can be believed by a run that dates a book or removes some.
///
/// A wrong clock does harm for good: `created_at` only grows, so one book of the year 9998 dates all later ones. The figures are
/// all here. None of them stops a run whose time was set, because that time is meant.
package enum ClockGuard {
    /// Milliseconds from which on two clocks contradict each other: a day. Less is possible with
    /// clocks that are right: two hosts differ by minutes, and a hardware clock that keeps local time is up to 14 hours off.
    package static let contradiction: Int64 = 86_400_000

    /// The longest pause between two books, in milliseconds: five years. A shop may publish once a year and leave some out; a
    /// clock that has lost its time has jumped further.
    package static let longestPause: Int64 = 1826 * 86_400_000

    /// The years 2025 to 2099. This program is not older; a clock without a battery begins in 1970, 1980, 2000 or 2010.
    package static let plausible =
        Instant(milliseconds: 1_735_689_600_000)...Instant(milliseconds: 4_102_444_799_999)

    /// Why `now` cannot be believed; nil where nothing speaks against it.
    ///
    /// - Parameters:
    ///   - server: the time of the server's clock at `now`; nil where there is no server.
    ///   - books: all that can be read, in any order.
    package static func refusal(now: Instant, server: Instant?, books: [BookHeader]) -> ClockRefusal? {
        if let server, distance(now, server) >= contradiction {
            return .serverDiffers(now: now, server: server)
        }
        guard plausible.contains(now) else { return .implausible(now: now) }
        guard let newest = books.max(by: { $1.isNewer(than: $0) }) else { return nil }
        // A clock behind the newest book is no reason: the next book is dated after it all the same, and the books of the future
        // are what has to be looked at.
        if now.milliseconds - newest.createdAt.milliseconds > longestPause {
            return .beyondNewest(now: now, newest)
        }
        return nil
    }

    private static func distance(_ left: Instant, _ right: Instant) -> Int64 {
        abs(left.milliseconds - right.milliseconds)
    }
}

/// A time that a run does not write, because it can only be wrong. Nothing was changed.
package enum ClockRefusal: Diagnosable, Hashable {
    /// Before this program existed, or in another century.
    case implausible(now: Instant)
    case serverDiffers(now: Instant, server: Instant)
    /// The newest book is years older.
    case beyondNewest(now: Instant, BookHeader)

    package var text: DisplayText {
        switch self {
        case .implausible(let now):
            "this machine's clock says \(now), which cannot be right; \(Self.state)"
        case .serverDiffers(let now, let server):
            "this machine's clock says \(now), and the database server's \(server): one of the two is "
                + "wrong; \(Self.state)"
        case .beyondNewest(let now, let book):
            "this machine's clock says \(now), and the newest book, \(Excerpt.bare(book.version)) (id \(book.id)), is of "
                + "\(book.createdAt), more than five years before: the clock may have jumped; \(Self.state)"
        }
    }

    private static let state: DisplayText = "nothing was changed, and the active book stays active"

    /// A guard: the active book is unchanged.
    package var category: ErrorCategory { .refused }

    package var remedy: Remedy? {
        switch self {
        case .implausible(let now), .serverDiffers(let now, _), .beyondNewest(let now, _):
            .setClock(now: now.iso8601)
        }
    }
}
