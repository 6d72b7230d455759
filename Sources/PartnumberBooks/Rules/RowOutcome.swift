/// What becomes of a row.
enum RowOutcome {
    case excluded(ExclusionReason)
    case kept(IncludedRow)
}
