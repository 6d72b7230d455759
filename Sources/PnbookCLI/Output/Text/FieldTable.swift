import ErrorModel
import Operations

/// Any JSON for people: a line for each field, with its name in words.
struct FieldTable {
    private let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left], indent: "  ")
        Self.add(value, "", to: &table)
        return table.text(style)
    }

    private static func add(_ value: JSONValue, _ name: String, to table: inout TextTable) {
        switch value {
        case .object(let fields):
            for (key, field) in fields.sorted(by: { $0.key < $1.key }) where !(name.isEmpty && key == "schema") {
                let words = key.replacing("_", with: " ")
                add(field, name.isEmpty ? words : name + " " + words, to: &table)
            }
        case .array(let elements) where elements.contains(where: isObject):
            for element in elements { table.add(DisplayText(name), DisplayText(brief(element))) }
        case .null: break
        default: table.add(DisplayText(name), DisplayText(brief(value)))
        }
    }

    private static func isObject(_ value: JSONValue) -> Bool {
        if case .object = value { true } else { false }
    }

    /// On one line.
    private static func brief(_ value: JSONValue) -> String {
        switch value {
        case .null: "-"
        case .bool(let isTrue): isTrue ? "yes" : "no"
        case .integer(let number): number.grouped
        case .number(let number): String(number)
        case .string(let text): text
        case .array(let elements): elements.map(brief).joined(separator: ", ")
        case .object(let fields):
            fields.sorted { $0.key < $1.key }.map { $0.key.replacing("_", with: " ") + " " + brief($0.value) }
                .joined(separator: ", ")
        }
    }
}
