/// The line that a progress bar shows: how much is done, what it is doing, how fast, and how long it will take still.
///
/// What does not fit into a narrow terminal is left out, the least needed first. Times are seconds on any clock that does
/// not jump.
package struct ProgressBar {
    private var began: Double?
    private var phase = ""
    private var phaseBegan = 0.0
    private var doneBefore = 0

    /// Before this many seconds there is nothing to estimate from.
    private static let patience = 2.0

    package init() {}

    /// - Parameters:
    ///   - seconds: now.
    ///   - width: of the terminal, in columns.
    package mutating func line(_ progress: TaskProgress, at seconds: Double, width: Int) -> String {
        let began = began ?? seconds
        self.began = began
        if progress.phase != phase {
            phase = progress.phase
            phaseBegan = seconds
            doneBefore = progress.count?.done ?? 0
        }
        var parts = [Self.bar(progress.percent, width: width), Self.words(of: progress)]
        if let left = Self.timeLeft(progress.percent, after: seconds - began) { parts.append(left) }
        if let rate = rate(progress.count, after: seconds - phaseBegan) { parts.append(rate) }
        // The last column stays free: some terminals go on to the next line with it.
        let room = max(1, width - 1)
        while parts.count > 2, Self.columns(parts) > room { parts.removeLast() }
        return String(parts.joined(separator: "  ").prefix(room))
    }

    private static func columns(_ parts: [String]) -> Int {
        parts.map(\.count).reduce(2 * (parts.count - 1), +)
    }

    private static func bar(_ percent: Int, width: Int) -> String {
        let cells = width < 60 ? 10 : 20
        let filled = cells * percent / 100
        let number = String(repeating: " ", count: percent < 10 ? 1 : 0) + "\(percent) %"
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled) + "] "
            + number
    }

    private static func words(of progress: TaskProgress) -> String {
        guard let count = progress.count else { return progress.message }
        return progress.phase + ": " + count.words { $0.grouped }
    }

    /// Of the whole run, as if it went on as it has gone so far.
    private static func timeLeft(_ percent: Int, after elapsed: Double) -> String? {
        guard elapsed >= patience, percent >= 5 else { return nil }
        let seconds = Int((elapsed * Double(100 - percent) / Double(percent)).rounded(.up))
        return seconds < 100 ? "\(seconds) s left" : "\((seconds + 59) / 60) min left"
    }

    /// Of this phase.
    private func rate(_ count: TaskCount?, after elapsed: Double) -> String? {
        guard let count, elapsed >= Self.patience, count.done > doneBefore else { return nil }
        return "\(Int(Double(count.done - doneBefore) / elapsed).grouped) \(count.unit)/s"
    }
}

/// How many of what are done.
package struct TaskCount: Sendable, Hashable {
    package var done: Int
    /// Nil where it is not known.
    package var total: Int?
    /// What is counted, in the plural.
    package var unit: String

    package init(_ done: Int, of total: Int? = nil, _ unit: String) {
        self.done = done
        self.total = total
        self.unit = unit
    }

    /// `5 of 10 rows`, with the numbers written by `write`.
    package func words(_ write: (Int) -> String) -> String {
        write(done) + (total.map { " of " + write($0) } ?? "") + " " + unit
    }
}

extension Int {
    /// In groups of three digits, with blanks between them.
    fileprivate var grouped: String {
        var groups: [String] = []
        var rest = magnitude
        while rest >= 1000 {
            groups.append(String(String(1000 + rest % 1000).dropFirst()))
            rest /= 1000
        }
        groups.append(String(rest))
        return (self < 0 ? "-" : "") + groups.reversed().joined(separator: " ")
    }
}
