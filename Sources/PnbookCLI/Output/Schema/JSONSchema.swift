import Operations

/// A JSON Schema, draft 2020-12, made of Swift values: what a document or a part of one looks like.
///
/// In an object every field is required, because a field without a value is null; further fields are allowed, because they may
/// come (<doc:JSONOutput#What-a-change-of-schema-means>).
struct JSONSchema: Sendable {
    let value: JSONValue

    private init(_ members: [String: JSONValue]) {
        value = .object(members)
    }

    // MARK: Values

    static let text = JSONSchema(["type": .string("string")])
    static let flag = JSONSchema(["type": .string("boolean")])
    /// Whole, from 0.
    static let count = JSONSchema(["type": .string("integer"), "minimum": .integer(0)])
    static let integer = JSONSchema(["type": .string("integer")])
    static let number = JSONSchema(["type": .string("number")])
    /// Whatever another document is.
    static let anything = JSONSchema([:])
    static let null = JSONSchema(["type": .string("null")])

    static func pattern(_ pattern: String) -> JSONSchema {
        JSONSchema(["type": .string("string"), "pattern": .string(pattern)])
    }

    static func word(_ words: String...) -> JSONSchema { word(words) }

    static func word(_ words: [String]) -> JSONSchema {
        JSONSchema(["type": .string("string"), "enum": .array(words.map(JSONValue.string))])
    }

    static func exactly(_ number: Int) -> JSONSchema { JSONSchema(["const": .integer(Int64(number))]) }

    static func exactly(_ flag: Bool) -> JSONSchema { JSONSchema(["const": .bool(flag)]) }

    // MARK: Composition

    static func list(of element: JSONSchema) -> JSONSchema {
        JSONSchema(["type": .string("array"), "items": element.value])
    }

    /// An object whose names are not known beforehand.
    static func map(of element: JSONSchema) -> JSONSchema {
        JSONSchema(["type": .string("object"), "additionalProperties": element.value])
    }

    static func object(_ fields: [String: JSONSchema]) -> JSONSchema {
        JSONSchema([
            "type": .string("object"), "properties": .object(fields.mapValues(\.value)),
            "required": .array(fields.keys.sorted().map(JSONValue.string)),
        ])
    }

    static func anyOf(_ choices: JSONSchema...) -> JSONSchema {
        JSONSchema(["anyOf": .array(choices.map(\.value))])
    }

    /// A definition of ``SchemaCatalogue``.
    static func definition(_ name: String) -> JSONSchema {
        JSONSchema(["$ref": .string(SchemaCatalogue.prefix + name)])
    }

    var orNull: JSONSchema { .anyOf(self, .null) }

    func described(_ description: String) -> JSONSchema {
        guard case .object(var members) = value else { return self }
        members["description"] = .string(description)
        return JSONSchema(members)
    }

    /// The definitions that it names, directly.
    var references: Set<String> { Self.references(in: value) }

    private static func references(in value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { found, member in
                if member.key == "$ref", case .string(let name) = member.value {
                    found.insert(String(name.dropFirst(SchemaCatalogue.prefix.count)))
                } else {
                    found.formUnion(references(in: member.value))
                }
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        default: []
        }
    }
}
