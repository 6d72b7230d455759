/// A table of the program's own, with the prefix `pnbook_`, made where it is missing.
package struct InternalTable: Sendable {
    package let name: String
    private let creation: @Sendable (Engine) -> String

    /// - Parameter creation: the statement that makes it on an engine; it does nothing where the table exists.
    package init(name: String, creation: @escaping @Sendable (Engine) -> String) {
        self.name = name
        self.creation = creation
    }

    /// The statement that makes it.
    package func statement(for engine: Engine) -> String { creation(engine) }
}
