/// How often long loops say how far they are and ask whether they may go on.
enum ProgressStep {
    /// Rows between two looks at the clock.
    static let rows = 8192
}
