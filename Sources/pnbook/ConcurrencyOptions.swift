import ArgumentParser
import Tasks

/// What to do when another run is at work on the database.
struct ConcurrencyOptions: ParsableArguments {
    enum IfRunning: String, ExpressibleByArgument, CaseIterable {
        case fail
        case skip
    }

    @Option(
        name: .long,
        help: ArgumentHelp(
            "If another run is at work, wait for it so long (30s, 5m, 1h) before giving up.", valueName: "duration"))
    var wait: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "If another run is at work: fail (exit 11) or skip (exit 0, without a word).", valueName: "what"))
    var ifRunning: IfRunning = .fail

    /// - Throws: ``UsageError`` where the duration is none.
    func whenBusy() throws -> TaskLauncher.WhenBusy {
        guard let wait else { return .fail }
        guard let seconds = Self.seconds(wait) else {
            throw UsageError(description: "--wait '\(wait)' is no duration; write one such as 30s, 5m or 1h")
        }
        return .wait(seconds)
    }

    /// `90`, `90s`, `5m`, `1h` in seconds.
    static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? Substring(text) : text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Double(digits) else {
            return nil
        }
        let seconds = number * (unit ?? 1)
        // A hundred years and more are a slip of the finger.
        return seconds <= 3_153_600_000 ? seconds : nil
    }
}
