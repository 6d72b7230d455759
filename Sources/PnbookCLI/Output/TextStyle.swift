import Chronology

/// How a text is laid out: for which terminal, and in which zone its times are.
struct TextStyle {
    let calendar: CalendarStyle
    let zone: Zone
}
