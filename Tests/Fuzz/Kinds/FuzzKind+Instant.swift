import Chronology

/// Instants: what is printed is read as the same instant, and the calendar's days follow each other.
extension FuzzKind {
    static let instant = FuzzKind("instant") { input in
        let text = input.text
        if let instant = Instant(iso8601: text) {
            Finding.unless(Instant.supported.contains(instant), "an instant that is not supported")
            Finding.unlessSame(Instant(iso8601: instant.iso8601), instant, "printed")
            Finding.unlessSame(Instant(sqlText: text), instant, "as a database's text")
        }
        if let instant = Instant(sqlText: text) {
            Finding.unless(Instant.stored.contains(instant), "an instant that no database stores")
            Finding.unlessSame(Instant(sqlText: instant.sqlText), instant, "stored")
        }
        let milliseconds = Int64(bitPattern: input.word)
        let any = Instant(milliseconds: milliseconds)
        let texts = [any.iso8601, any.sqlText, any.readable]
        Finding.unless(texts.allSatisfy { !$0.isEmpty }, "no text")
        Finding.unless(
            any.advanced(byMilliseconds: milliseconds) >= any || milliseconds < 0, "advanced, and earlier")
        let span = UInt64(Instant.stored.upperBound.milliseconds - Instant.stored.lowerBound.milliseconds)
        let stored = Instant(milliseconds: Instant.stored.lowerBound.milliseconds + Int64(input.word % (span + 1)))
        Finding.unlessSame(Instant(sqlText: stored.sqlText), stored, "stored")
        let day = CivilDate(daysSinceEpoch: stored.milliseconds / 86_400_000)
        Finding.unlessSame(CivilDate(validYear: day.year, month: day.month, day: day.day), day, "a day of its own")
        Finding.unless(day.advanced(byDays: 1) > day, "the next day is not later")
        Finding.unlessSame(day.advanced(byDays: 7).weekday, day.weekday, "the weekday a week later")
        Finding.unless((1...53).contains(Int(day.isoWeek.suffix(2)) ?? 0), "week \(day.isoWeek)")
    }
}
