import Foundation
import TestSupport

/// A small validator of JSON Schema, for the keywords that the program's own schemas use; any other is an error.
///
/// It is stricter than the standard: a field that the schema does not name is a mistake, because a field that is printed must be
/// described.
struct SchemaValidator {
    private let definitions: JSON

    /// - Parameter document: a schema with its `$defs`.
    init(_ document: JSON) {
        definitions = document["$defs"] ?? [:]
    }

    /// What is wrong with a value; empty where it is as the definition says.
    func mistakes(in value: JSON, against definition: String) -> [String] {
        guard let schema = definitions[definition] else { return ["no definition \(definition)"] }
        return mistakes(value, schema, "$")
    }

    private func mistakes(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
        (schema.names ?? []).flatMap { keyword -> [String] in
            let rule = schema[keyword] ?? .null
            switch keyword {
            case "$ref":
                let name = String((rule.string ?? "").dropFirst("#/$defs/".count))
                guard let target = definitions[name] else { return ["\(path): nothing is called \(name)"] }
                return mistakes(value, target, path)
            case "type":
                return Self.isOf(rule.string ?? "", value) ? [] : ["\(path) is not of type \(rule.string ?? "?")"]
            case "enum": return rule.elements?.contains(value) == true ? [] : ["\(path) is none of the words: \(value)"]
            case "const": return rule == value ? [] : ["\(path) is not \(rule)"]
            case "minimum": return (value.integer ?? 0) >= rule.integer ?? .max ? [] : ["\(path) is too small"]
            case "pattern":
                let isMatch = value.string?.range(of: rule.string ?? "", options: .regularExpression) != nil
                return isMatch ? [] : ["\(path) is not of the form \(rule.string ?? "?")"]
            case "items":
                return (value.elements ?? []).enumerated().flatMap {
                    mistakes($0.element, rule, path + "[\($0.offset)]")
                }
            case "additionalProperties":
                return (value.names ?? []).flatMap { mistakes(value[$0] ?? .null, rule, path + "." + $0) }
            case "properties":
                return (value.names ?? []).flatMap { name -> [String] in
                    guard let field = rule[name] else { return ["\(path).\(name) is not described"] }
                    return mistakes(value[name] ?? .null, field, path + "." + name)
                }
            case "required":
                return (rule.elements ?? []).compactMap(\.string).filter { value[$0] == nil }.map {
                    "\(path).\($0) is missing"
                }
            case "anyOf":
                let all = (rule.elements ?? []).map { mistakes(value, $0, path) }
                return all.min { $0.count < $1.count } ?? ["\(path): no choice"]
            case "description": return []
            default: return ["\(path): unknown keyword \(keyword)"]
            }
        }
    }

    private static func isOf(_ type: String, _ value: JSON) -> Bool {
        switch value {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .number: type == "number"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
