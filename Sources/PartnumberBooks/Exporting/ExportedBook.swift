/// A book that has been read whole and written elsewhere.
package struct ExportedBook: Sendable, Hashable {
    package let id: Int64
    package let version: String
    package let items: Int
    /// Of the items as they were written (<doc:BookRules#Digest>).
    package let digest: String
}
