import FoundationEssentials

extension Zone {
    /// The names that ``init(identifier:)`` takes, in order: `Europe/Moscow`, `UTC`. `UTC` alone without the time zone database.
    package static var allIdentifiers: [String] {
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: ZoneFile.folder)) ?? []
        return Set(files.filter { Zone(identifier: $0) != nil }).union([Zone.utc.identifier]).sorted()
    }

    /// Whether the system has a time zone database at all; a minimal one has none, and knows `UTC` alone.
    package static var hasDatabase: Bool { FileManager.default.fileExists(atPath: ZoneFile.folder) }
}
