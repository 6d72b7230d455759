import CRevision

/// Which program this is: `pnbook` and `pnbook-web` are built and installed together, and have one version.
package enum ProgramVersion {
    /// What packages and metrics name it by.
    package static let number = "0.2.0"

    /// What `--version` prints: number and commit, `0.2.0 (4cf93e9a12bc)`; the number alone in a build that was told no commit.
    package static let text = line(commit: String(cString: pnbook_revision()))

    package static func line(commit: String) -> String { commit.isEmpty ? number : "\(number) (\(commit))" }
}
