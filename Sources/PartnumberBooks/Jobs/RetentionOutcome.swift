package import ErrorModel

/// What became of retention after a publication.
package enum RetentionOutcome: Sendable {
    case carriedOut(PrunePlan)
    /// Larger than an automatic run may be; nothing was removed.
    case heldBack(PrunePlan)
    /// Stopped half-way; `removed` are the versions that had gone by then.
    case failed(PrunePlan, removed: [String], reason: DisplayText)
    /// Not even the books could be listed.
    case unplanned(reason: DisplayText)
    /// Nothing was published, so nothing was retired.
    case notDue

    /// What is gone now, or would be.
    package var removed: [PrunePlan.Entry] {
        switch self {
        case .carriedOut(let plan): plan.removed
        case .failed(let plan, let removed, _): plan.removed.filter { removed.contains($0.book.version) }
        case .heldBack, .unplanned, .notDue: []
        }
    }

    /// What the plan removes and is still there.
    package var held: [PrunePlan.Entry] {
        let gone = Set(removed.map(\.book.id))
        return (plan?.removed ?? []).filter { !gone.contains($0.book.id) }
    }

    package var plan: PrunePlan? {
        switch self {
        case .carriedOut(let plan), .heldBack(let plan), .failed(let plan, _, _): plan
        case .unplanned, .notDue: nil
        }
    }
}
