/// A column as it is in the database.
package struct ColumnDescription: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case integer
        /// Characters at most; nil for no limit worth naming.
        case text(limit: Int?)
        case dateTime
        case number
        case other
    }

    package var name: String
    /// The type in the engine's own words: `varchar(255)`.
    package var declaredType: String
    package var kind: Kind
    package var isNullable: Bool
    package var isGenerated: Bool

    package init(name: String, declaredType: String, kind: Kind, isNullable: Bool, isGenerated: Bool) {
        self.name = name
        self.declaredType = declaredType
        self.kind = kind
        self.isNullable = isNullable
        self.isGenerated = isGenerated
    }
}
