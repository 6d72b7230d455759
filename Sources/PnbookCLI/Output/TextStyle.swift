import Chronology

/// How a text is laid out: where it goes, and in which zone its times are.
struct TextStyle {
    let calendar: CalendarStyle
    let zone: Zone
}
