import Tasks

/// The warnings that the last completed creation of a book ended with: who reads each run's warnings has read them.
///
/// They are those of its stored result, so no file is needed, and every host that runs it knows the same ones. A warning that
/// changes, be it by one part number, or that was gone for a run is new.
package struct KnownWarnings: Sendable {
    private let texts: Set<String>

    private init(texts: Set<String>) {
        self.texts = texts
    }

    /// No warning is known.
    package static let none = KnownWarnings(texts: [])

    /// Those of the tasks that are stored now; none where that cannot be found out, because the run itself will say why.
    package init(of context: RunContext) {
        let histories = (try? context.storedTasks()?.histories()) ?? []
        let result = histories.first { $0.type == TaskType.create.rawValue }?.lastSuccess?.result
        let document = result.flatMap { JSONDocument.decoded(Stored.self, stored: $0) }
        texts = Set(document?.warnings ?? [])
    }

    private struct Stored: Decodable {
        let warnings: [String]
    }

    /// Whether it is one of them.
    ///
    /// - Parameter warning: worded as it is stored.
    package func contains(_ warning: String) -> Bool { texts.contains(warning) }
}
