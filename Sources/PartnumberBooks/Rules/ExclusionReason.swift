/// Why a row is excluded, in the order in which the reasons are checked
/// (<doc:BookRules#One-reason-for-each-excluded-row>).
package enum ExclusionReason: String, Sendable {
    case emptyPartnumber = "empty_partnumber"
    case emptyLot = "empty_lot"
    case ignored
    case emptyBundle = "empty_bundle"
}
