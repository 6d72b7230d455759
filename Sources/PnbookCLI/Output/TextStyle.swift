import Chronology
import ErrorModel
import Operations

/// How a text is laid out: for which terminal, and in which zone its times are.
struct TextStyle {
    let calendar: CalendarStyle
    let zone: Zone
    /// The columns that no line of a table exceeds; nil where the text does not go to a terminal.
    let width: Int?
    /// The language of what is laid out before it is printed; nil for English.
    let translation: Translation?

    init(calendar: CalendarStyle, zone: Zone, width: Int? = nil, translation: Translation? = nil) {
        self.calendar = calendar
        self.zone = zone
        self.width = width
        self.translation = translation
    }

    /// Whether a person reads the text as it is, and not a program: a table is then cut to what fits.
    var isForPeople: Bool { width != nil }

    /// A time in the configured zone: `2026-11-20 06:00:00 +03:00`, `2026-11-20 03:00:00 UTC`.
    func time(_ instant: Instant) -> String { instant.readable(in: zone) }

    /// A column of times: its heading, and each time's text. What all have in common, the offset, is in the heading.
    func times(_ name: DisplayText, _ instants: [Instant]) -> (heading: DisplayText, text: (Instant) -> String) {
        let offsets = Set(instants.map { zone.offsetText(at: $0) })
        guard offsets.count <= 1, let zone = offsets.first ?? Optional(zone.offsetText(at: Instant(milliseconds: 0)))
        else { return (name, time) }
        return ("\(name) (\(zone))", { String(time($0).dropLast(zone.count + 1)) })
    }
}
