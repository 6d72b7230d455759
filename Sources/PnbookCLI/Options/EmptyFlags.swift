import Operations

/// Flags that name a file, a folder or a user: an empty value, as from `--to "$UNSET"`, means neither a value nor the flag's
/// absence. Other flags have a message of their own for it.
enum EmptyFlags {
    private static let names: Set<String> = [
        "--books", "--metrics", "--program", "--reader-database", "--reader-password-file", "--to", "--user",
    ]

    /// - Parameter arguments: as the program was started with.
    /// - Throws: `UsageError`.
    static func refuse(in arguments: [String]) throws {
        for (index, argument) in arguments.enumerated() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first, names.contains(name) else { continue }
            let value = parts.count > 1 ? parts[1] : arguments.dropFirst(index + 1).first
            if value?.isBlank == true { throw UsageError(Configuration.emptyOverride(name)) }
        }
    }
}
