import Foundation
import Operations

/// Results of tasks, ours and those of other programs: any stored text can be printed, and what is printed means the same.
extension FuzzKind {
    static let json = FuzzKind("json") { input in
        let text = input.text
        let value = JSONValue(stored: text)
        for print in [JSONDocument.compact, JSONDocument.pretty] as [@Sendable (JSONValue) throws -> String] {
            let printed = try print(value)
            Finding.unless(
                (try? JSONSerialization.jsonObject(with: Data(printed.utf8), options: .fragmentsAllowed)) != nil,
                "printed, it is no JSON: \(printed)")
            let again = JSONValue(stored: printed)
            Finding.unlessSame(
                try JSONDocument.compact(again), try JSONDocument.compact(value), "printed and read again")
        }
        let compact = try JSONDocument.compact(value)
        Finding.unless(!compact.unicodeScalars.contains { $0.value < 0x20 }, "a raw control character in \(compact)")
    }
}
