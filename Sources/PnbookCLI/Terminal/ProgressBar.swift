import ErrorModel
import Operations
import Tasks

/// The line of a progress bar: how much is done, the phase, the time left and the rate.
///
/// In a narrow terminal words and cells of the bar go first: the time left and the rate stay as long as they can. Nothing is cut
/// within a number. Times are seconds on a monotonic clock.
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
    ///   - translation: nil for English.
    mutating func line(
        _ progress: TaskProgress, at seconds: Double, width: Int, in translation: Translation? = nil
    ) -> DisplayText {
        let began = began ?? seconds
        self.began = began
        if progress.phase != phase {
            phase = progress.phase
            phaseBegan = seconds
            doneBefore = progress.count?.done ?? 0
        }
        let left = Self.timeLeft(progress.percent, after: seconds - began)?.string(in: translation)
        let rate = rate(progress.count, after: seconds - phaseBegan)
        // The last column stays free: some terminals wrap when it is written.
        let room = max(1, width - 1)
        let forms = Self.forms(of: progress, left, rate, room, translation)
        // All data in it is escaped.
        return .verbatim(forms.first { Self.columns($0) <= room } ?? "")
    }

    /// The line in all its forms, from the longest to the shortest.
    private static func forms(
        of progress: TaskProgress, _ left: String?, _ rate: String?, _ room: Int, _ translation: Translation?
    ) -> [String] {
        let unit = DisplayText.term(progress.count?.unit ?? "").string(in: translation)
        let long = bar(progress.percent, cells: 20)
        let short = bar(progress.percent, cells: 8)
        let rates = (long: rate.map { "\($0) \(unit)/s" }, short: rate.map { $0 + "/s" })
        let labels = labels(of: progress, unit, translation)
        var forms = [[long, labels[0], left, rates.long], [short, labels[0], left, rates.long]]
        for label in labels { forms.append([short, label, left, rates.short]) }
        // What is left of the room for words.
        let tail = [short, left, rates.short].compactMap(\.self)
        let rest = room - columns(tail.joined(separator: "  ")) - 2
        if rest >= 4 {
            forms.append([short, cut(labels.last ?? "", to: rest), left, rates.short])
        }
        forms += [[short, left, rates.short], [short, left], [short], ["\(progress.percent) %"]]
        return forms.map { $0.compactMap(\.self).joined(separator: "  ") }
    }

    /// A mark that combines with others counts as a column: there may be any number of them.
    private static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + max(1, $1.columns) } }

    /// Whole words if there is one that fits, else as much as fits.
    private static func cut(_ text: String, to room: Int) -> String {
        if columns(text) <= room { return text }
        var kept: [Substring] = []
        for word in text.split(separator: " ") {
            if columns((kept + [word]).joined(separator: " ")) > room { break }
            kept.append(word)
        }
        // A phase does not end with an article.
        while kept.count > 1, kept.last.map({ $0.count <= 3 }) == true { kept.removeLast() }
        if !kept.isEmpty { return kept.joined(separator: " ") }
        var scalars = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            used += max(1, scalar.columns)
            if used > room { break }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    private static func bar(_ percent: Int, cells: Int) -> String {
        let filled = cells * percent / 100
        let number = String(repeating: " ", count: percent < 10 ? 1 : 0) + "\(percent) %"
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled) + "] "
            + number
    }

    /// What is being done, with all that is known of it and with less and less.
    private static func labels(
        of progress: TaskProgress, _ unit: String, _ translation: Translation?
    ) -> [String] {
        // Escaped before it is measured: its width is that of what is shown.
        let phase = DisplayText.term(progress.phase).string(in: translation)
        guard let count = progress.count else {
            let isMore = progress.message.hasPrefix(progress.phase)
            let detail = isMore ? String(progress.message.dropFirst(progress.phase.count)) : progress.message
            return [(isMore ? phase : "") + detail.withHiddenScalarsEscaped, phase]
        }
        let done = count.done.grouped
        let of = (" of " as DisplayText).string(in: translation)
        let ofTotal = count.total.map { done + of + $0.grouped } ?? done
        return ["\(phase): \(ofTotal) \(unit)", "\(phase): \(ofTotal)", "\(phase): \(done)", phase]
    }

    /// Time left for the whole run at the speed so far.
    private static func timeLeft(_ percent: Int, after elapsed: Double) -> DisplayText? {
        guard elapsed >= patience, percent >= 5 else { return nil }
        let seconds = Int((elapsed * Double(100 - percent) / Double(percent)).rounded(.up))
        return seconds < 100 ? "\(seconds) s left" : "\((seconds + 59) / 60) min left"
    }

    /// Rate of this phase, without its unit.
    private func rate(_ count: TaskCount?, after elapsed: Double) -> String? {
        guard let count, elapsed >= Self.patience, count.done > doneBefore else { return nil }
        return Int(Double(count.done - doneBefore) / elapsed).grouped
    }
}
