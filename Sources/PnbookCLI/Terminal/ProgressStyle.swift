import ArgumentParser

/// How a running task is shown on stderr.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
    /// A bar on a terminal, a line for each phase elsewhere, nothing under --quiet.
    case auto
    case bar
    /// A line for each phase.
    case plain
    /// JSON lines: the canonical `task_status` events, and progress.
    case json
    case none
}
