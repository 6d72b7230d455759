import ErrorModel
import Operations
import Tasks

/// The line of a progress bar: how much is done, the phase, the time left and the rate.
///
/// What does not fit into a narrow terminal is left out, the least important first. Times are seconds on a monotonic clock.
struct ProgressBar {
    private var began: Double?
    private var phase = ""
    private var phaseBegan = 0.0
    private var doneBefore = 0

    /// Seconds before which there is nothing to estimate from.
    private static let patience = 2.0

    /// - Parameters:
    ///   - seconds: now.
    ///   - width: of the terminal, in columns.
    mutating func line(_ progress: TaskProgress, at seconds: Double, width: Int) -> DisplayText {
        let began = began ?? seconds
        self.began = began
        if progress.phase != phase {
            phase = progress.phase
            phaseBegan = seconds
            doneBefore = progress.count?.done ?? 0
        }
        var parts = [Self.bar(progress.percent, width: width), Self.label(of: progress)]
        if let left = Self.timeLeft(progress.percent, after: seconds - began) { parts.append(left) }
        if let rate = rate(progress.count, after: seconds - phaseBegan) { parts.append(rate) }
        // The last column stays free: some terminals wrap when it is written.
        let room = max(1, width - 1)
        while parts.count > 2, Self.columns(parts) > room { parts.removeLast() }
        return DisplayText(String(parts.joined(separator: "  ").unicodeScalars.prefix(room)))
    }

    private static func columns(_ parts: [String]) -> Int {
        parts.map(\.unicodeScalars.count).reduce(2 * (parts.count - 1), +)
    }

    private static func bar(_ percent: Int, width: Int) -> String {
        let cells = width < 60 ? 10 : 20
        let filled = cells * percent / 100
        let number = String(repeating: " ", count: percent < 10 ? 1 : 0) + "\(percent) %"
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled) + "] "
            + number
    }

    private static func label(of progress: TaskProgress) -> String {
        // Escaped before it is cut: its width is that of what is shown.
        guard let count = progress.count else { return progress.message.withHiddenScalarsEscaped }
        return (progress.phase + ": " + count.text { $0.grouped }).withHiddenScalarsEscaped
    }

    /// Time left for the whole run at the speed so far.
    private static func timeLeft(_ percent: Int, after elapsed: Double) -> String? {
        guard elapsed >= patience, percent >= 5 else { return nil }
        let seconds = Int((elapsed * Double(100 - percent) / Double(percent)).rounded(.up))
        return seconds < 100 ? "\(seconds) s left" : "\((seconds + 59) / 60) min left"
    }

    /// Rate of this phase.
    private func rate(_ count: TaskCount?, after elapsed: Double) -> String? {
        guard let count, elapsed >= Self.patience, count.done > doneBefore else { return nil }
        return "\(Int(Double(count.done - doneBefore) / elapsed).grouped) \(count.unit)/s"
    }
}
