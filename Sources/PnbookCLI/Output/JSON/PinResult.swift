import Chronology
import ErrorModel
import Operations
import PartnumberBooks

/// The result of `pin` and `unpin`.
struct PinResult: CommandResult {
    private let outcome: BookPinning.Outcome
    private let isPinning: Bool

    init(_ outcome: BookPinning.Outcome, isPinning: Bool) {
        self.outcome = outcome
        self.isPinning = isPinning
    }

    func encode(to encoder: any Encoder) throws { try PinDocument(outcome).encode(to: encoder) }

    private var name: DisplayText { "\(outcome.report.version) (id \(outcome.report.id))" }

    var done: DisplayText? {
        guard outcome.isChanged else { return nil }
        return isPinning ? "\(outcome.report.version) is pinned" : "\(outcome.report.version) is no longer pinned"
    }

    func text(_ style: TextStyle) -> DisplayText { isPinning ? pinned(style) : unpinned }

    private func pinned(_ style: TextStyle) -> DisplayText {
        let report = outcome.report
        guard outcome.isChanged, let pin = report.after else {
            return "\(name) was pinned with that note already; nothing was changed.\n"
        }
        guard let before = report.before else { return "\(name) is kept for good: \(pin.note)\n" }
        let old: DisplayText = "The note was: \(before.note) (\(before.by), \(style.time(before.at)))\n"
        let now: DisplayText = "\(name) is kept for good: \(pin.note)\n"
        return "\(now)\(old)"
    }

    private var unpinned: DisplayText {
        guard outcome.isChanged else { return "\(name) is not pinned; nothing was changed.\n" }
        if !outcome.report.exists { return "\(name) no longer exists; its pin is forgotten.\n" }
        guard let reasons = outcome.keepReasons else {
            return "\(name) is no longer pinned; the next retention removes it.\n"
        }
        return "\(name) is no longer pinned; for now it stays as: \(reasons.joined(separator: ", "))\n"
    }
}
