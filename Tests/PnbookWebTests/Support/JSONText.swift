import Foundation

/// JSON that a request brings.
enum JSONText {
    static func object(_ fields: [String: String]) throws -> String {
        String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
    }
}
