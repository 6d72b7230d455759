import Operations

/// The schema of everything that the program prints for programs, by name: `create`, `task-list`, `item`.
enum SchemaCatalogue {
    /// Of a reference to a definition.
    static let prefix = "#/$defs/"

    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// What can be asked for, each with what it describes; the other definitions are parts of these.
    static let documents: [(name: String, title: String, schema: JSONSchema)] =
        bookDocuments + taskDocuments + operatingDocuments + lines

    private static let definitions: [String: JSONSchema] = {
        var all = parts
        for document in documents { all[document.name] = document.schema }
        return all
    }()

    /// The schema of one document, with the definitions that it needs.
    ///
    /// - Returns: nil for a name that is not in the catalogue.
    static func schema(named name: String) -> JSONValue? {
        guard let document = documents.first(where: { $0.name == name }) else { return nil }
        var needed: Set<String> = []
        var open: Set<String> = [name]
        while let next = open.popFirst() {
            needed.insert(next)
            open.formUnion((definitions[next]?.references ?? []).subtracting(needed))
        }
        return .object([
            "$schema": .string(dialect), "title": .string(document.title), "$ref": .string(prefix + name),
            "$defs": .object(definitions.filter { needed.contains($0.key) }.mapValues(\.value)),
        ])
    }

    /// All of them in one document.
    static var all: JSONValue {
        .object([
            "$schema": .string(dialect), "title": .string("Everything that pnbook prints for programs"),
            "$defs": .object(definitions.mapValues(\.value)),
        ])
    }

    /// What a command prints under `--json`: its own fields in the envelope, or the envelope alone if it failed before it had a
    /// result.
    static func result(_ fields: [String: JSONSchema], task: JSONSchema = .null) -> JSONSchema {
        let envelope = ["schema": .exactly(JSONDocument.schema), "task": task, "error": .definition("error").orNull]
        return .anyOf(
            .object(fields.merging(envelope) { own, _ in own }), .definition("failure"))
    }
}
