package import ErrorModel

extension DisplayText.StringInterpolation {
    /// A time, which is shown in the zone of the place where the text is printed.
    package mutating func appendInterpolation(_ instant: Instant) {
        appendInterpolation(DisplayText.time(milliseconds: instant.milliseconds, utc: instant.readable))
    }
}

extension Zone {
    /// How times in texts are shown in this zone.
    package var clock: DisplayText.Clock {
        { Instant(milliseconds: $0).readable(in: self) }
    }
}
