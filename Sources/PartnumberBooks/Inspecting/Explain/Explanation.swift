/// Why a part number is, or is not, in a book made of the catalogue at one instant.
package struct Explanation: Sendable {
    /// Every row whose PN has the asked key, by vendor, then PN.
    package let rows: [ExplainedRow]
    /// What the part number comes to in a book, by PN, then LOT; of several spellings each is a part number of its own.
    package let items: [ExplainedItem]
    /// The spellings whose rows name different sets of LOTs (<doc:BookRules#Rule-11-conflicts>).
    package let conflicts: [String]
}
