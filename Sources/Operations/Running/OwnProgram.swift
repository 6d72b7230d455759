import FoundationEssentials

/// The program that this process runs.
package enum OwnProgram {
    /// The file's full path; empty where the system does not say it.
    package static var path: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    }
}
