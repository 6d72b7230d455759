import ErrorModel
import FoundationEssentials
import Operations
import WebServer

/// The JSON object that a request brings. Each field is taken out by name; what is left over is refused: a field that is not
/// understood may have been the one that mattered.
struct JSONBody {
    private var fields: [String: JSONValue]

    /// - Throws: ``WebFailure``: 415 for another type, 400 for what is not one JSON object. No body at all is an empty object.
    init(of request: WebRequest) throws {
        let types = request.headers.values(of: "Content-Type")
        if request.body.isEmpty && types.isEmpty {
            fields = [:]
            return
        }
        guard types.count == 1, Self.isJSON(types[0]) else { throw WebFailure.unsupportedMediaType }
        if request.body.isEmpty {
            fields = [:]
            return
        }
        guard !Self.isTooDeep(request.body),
            case .object(let fields)? = try? JSONDecoder().decode(JSONValue.self, from: Data(request.body))
        else { throw WebFailure.badRequest("the body is not one JSON object") }
        self.fields = fields
    }

    /// `application/json`, in UTF-8 if a charset is named.
    private static func isJSON(_ type: String) -> Bool {
        let parts = type.lowercased().split(separator: ";").map { $0.trimmed }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { ["charset=utf-8", "charset=\"utf-8\""].contains($0) }
    }

    /// No request of ours has an array or an object in its object; far deeper ones are for the decoder's stack.
    private static func isTooDeep(_ body: [UInt8]) -> Bool {
        body.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } > 100
    }

    /// A field that is true or false, and false where it is missing.
    mutating func flag(_ name: String) throws -> Bool {
        switch fields.removeValue(forKey: name) {
        case nil: return false
        case .bool(let value)?: return value
        default: throw WebFailure.badRequest("'\(name)' must be true or false")
        }
    }

    /// A field that is text; nil where it is missing or null.
    mutating func text(_ name: String) throws -> String? {
        switch fields.removeValue(forKey: name) {
        case nil, .null?: return nil
        case .string(let value)?: return value
        default: throw WebFailure.badRequest("'\(name)' must be a text")
        }
    }

    /// - Throws: ``WebFailure`` where there are further fields.
    func requireNothingElse() throws {
        guard let other = fields.keys.min() else { return }
        throw WebFailure.badRequest("the body has a field that is not known here: \(other.escapedForDisplay(upTo: 60))")
    }
}
