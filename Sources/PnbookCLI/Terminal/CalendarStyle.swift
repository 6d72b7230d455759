import FoundationEssentials
import Glibc

/// How a calendar is drawn: with which marks, and whether in colour.
struct CalendarStyle {
    private let isUnicode: Bool
    private let isColoured: Bool
    /// The terminal is too narrow for the months' names.
    let isNarrow: Bool

    /// Unicode marks where `output` is a terminal with a UTF-8 locale; colours on a terminal without `NO_COLOR`.
    init(for output: Output, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let canDraw = output.canDraw(environment)
        isNarrow = output.width(environment).map { $0 < CalendarRenderer.width } ?? false
        // The first that is set decides, as in setlocale(3).
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let encoding = locale.lowercased().replacing("-", with: "")
        isUnicode = canDraw && encoding.contains("utf8")
        // https://no-color.org: an empty value does not count.
        isColoured = canDraw && environment["NO_COLOR", default: ""].isEmpty
    }

    /// One character for `mark`, in its colour.
    func draw(_ mark: CalendarRenderer.Mark) -> String {
        let (ascii, unicode, colour) =
            switch mark {
            case .removed: (".", "·", "2")
            case .kept: ("#", "■", "32")
            case .pinned: ("@", "◆", "36")
            case .previous: ("<", "☆", "33")
            case .active: ("*", "★", "1;33")
            }
        let character = isUnicode ? unicode : ascii
        return isColoured ? "\u{1B}[\(colour)m\(character)\u{1B}[0m" : character
    }
}
