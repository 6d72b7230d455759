/// A table of the program's own, with the prefix `pnbook_`, made where it is missing.
package struct InternalTable: Sendable {
    package let name: String
    /// Whether nothing works without it. A table that came with a later version is not required: until a migration makes it, runs do
    /// without.
    package let isRequired: Bool
    private let creation: @Sendable (Engine) -> String

    /// - Parameter creation: the statement that makes it on an engine; it does nothing where the table exists.
    package init(name: String, isRequired: Bool = true, creation: @escaping @Sendable (Engine) -> String) {
        self.name = name
        self.isRequired = isRequired
        self.creation = creation
    }

    /// The statement that makes it.
    package func statement(for engine: Engine) -> String { creation(engine) }
}
