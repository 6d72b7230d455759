import FoundationEssentials

/// Where the sort puts what memory cannot hold.
package enum TemporaryFolder {
    /// `TMPDIR`, or the system's.
    package static var path: String { FileManager.default.temporaryDirectory.path }
}
