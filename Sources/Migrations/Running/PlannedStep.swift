/// One step that `migrate up` would take.
package struct PlannedStep: Sendable {
    /// Nil for a table of the program's own.
    package let number: Int?
    package let object: String
    package let state: SchemaObject.State
    /// Empty where the object exists already and is only recorded.
    package let statements: [String]
}
