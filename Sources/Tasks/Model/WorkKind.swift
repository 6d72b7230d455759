/// A kind of work of which at most one runs on a database at a time, on any number of hosts (<doc:TaskModel#Kinds-of-work>).
package enum WorkKind: String, Sendable, CaseIterable {
    /// Making, removing and activating books, and migrating their tables.
    case books
    /// Filling the source tables.
    case catalogue
}

extension TaskType {
    /// The kind of work it excludes others from.
    package var work: WorkKind {
        switch self {
        case .create, .retention, .activate, .migrate: .books
        case .load: .catalogue
        }
    }
}
