import ErrorModel
import FoundationEssentials

/// JSON as the program prints and stores it: names in snake case, one document, keys in order.
package enum JSONDocument {
    /// The version of the documents' format; see <doc:JSONOutput#What-a-change-of-schema-means>.
    package static let schema = 1

    /// For people and programs to read: indented, with a line break at the end.
    package static func pretty(_ value: some Encodable) throws -> String {
        try text(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]) + "\n"
    }

    /// On one line.
    package static func compact(_ value: some Encodable) throws -> String {
        try text(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    /// On one line and with the version of the format, to be stored as a task's result.
    package static func stored(_ value: some Encodable) throws -> String { try compact(Versioned(value: value)) }

    /// A stored document; nil for one of another shape, as another version or program has stored it.
    package static func decoded<Document: Decodable>(_ type: Document.Type, stored text: String) -> Document? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(type, from: Data(text.utf8))
    }

    private static func text(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = formatting
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// With each hidden scalar in a string as its `\u` escape, which means the same: JSON allows most of them as they are, and a
    /// terminal obeys them, or a program that reads lines ends one there. Outside strings there are only line breaks.
    package static func escaped(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: { $0.isHidden && $0 != "\n" }) else { return json }
        return json.unicodeScalars.map { scalar in
            scalar.isHidden && scalar != "\n" ? scalar.escapedInJSON : String(scalar)
        }.joined()
    }

    private struct Versioned<Value: Encodable>: Encodable {
        let value: Value

        private enum Key: CodingKey {
            case schema
        }

        func encode(to encoder: any Encoder) throws {
            try value.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(JSONDocument.schema, forKey: .schema)
        }
    }
}
