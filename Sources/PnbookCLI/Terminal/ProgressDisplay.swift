import ErrorModel
import FoundationEssentials
import Glibc
import Operations
import PartnumberBooks
import Synchronization
import Tasks

/// Shows a task's updates on stderr.
final class ProgressDisplay: Sendable {
    private let style: ProgressStyle
    private let output: Output
    private let phase = Mutex("")
    private let bar = Mutex(ProgressBar())
    private let began = ContinuousClock.now

    /// - Parameter style: `auto` becomes one of the others here.
    init(_ style: ProgressStyle, isQuiet: Bool, output: Output, environment: [String: String]) {
        self.output = output
        guard style == .auto else {
            self.style = style
            return
        }
        self.style = isQuiet ? .none : output.canDraw(environment) ? .bar : .plain
    }

    /// Shows every update from now on.
    func observe(_ observers: TaskObservers) {
        if style != .none { observers.subscribe { [self] in try show($0) } }
    }

    private func show(_ update: TaskUpdate) throws {
        switch (style, update) {
        case (.json, .status(let event)):
            try output.write(document: JSONDocument.compact(TaskEventDocument(event)) + "\n")
        case (.json, .progress(let progress)):
            try output.write(document: JSONDocument.compact(ProgressLine(progress)) + "\n")
        case (.plain, .progress(let progress)):
            let isNew = phase.withLock { known in
                defer { known = progress.phase }
                return known != progress.phase
            }
            if isNew { try output.write("pnbook: \(DisplayText.term(progress.phase))\n") }
        case (.bar, .progress(let progress)):
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            let line = bar.withLock { $0.line(progress, at: seconds, width: output.columns, in: output.translation) }
            try output.show(bar: line)
        case (.bar, .status(let event)):
            // The result follows.
            if !event.isActive { try output.takeOffBar() }
        default:
            break
        }
    }
}

private struct ProgressLine: Encodable {
    let type = "progress"
    let percent: Int
    let phase: String
    let message: String

    init(_ progress: TaskProgress) {
        percent = progress.percent
        phase = progress.phase
        message = progress.message
    }
}
