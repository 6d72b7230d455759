import FoundationEssentials
import Operations
import Tasks
import WebServer

/// Who may use a route: whoever has the token, and changes something only from the page itself (<doc:Security#The-page>).
struct SignIn: Sendable {
    private let token: AccessToken
    private let origin: OriginCheck
    private let delay: FailureDelay

    init(_ token: AccessToken, origin: OriginCheck, delay: FailureDelay = FailureDelay()) {
        self.token = token
        self.origin = origin
        self.delay = delay
    }

    /// What a request brings.
    private enum Credential {
        case bearer([UInt8])
        case basic(user: String, password: [UInt8])
        /// Something that is neither.
        case unreadable
    }

    /// The client.
    ///
    /// - Throws: ``WebFailure``: 401, after a while where a token was wrong, 403 for another site's request, 429.
    func client(of request: WebRequest, for access: Route.Access) async throws -> TaskTrigger {
        guard let credential = Self.credential(request) else { throw WebFailure.unauthorized(wasTried: false) }
        let (user, candidate, isBearer): (String, [UInt8], Bool) =
            switch credential {
            case .bearer(let token): (ClientName.bearer, token, true)
            case .basic(let user, let password): (user, password, false)
            case .unreadable: ("", [], false)
            }
        guard token.matches(candidate) else {
            guard await delay.afterFailure(of: request.peer) else { throw WebFailure.tooManyFailures }
            throw WebFailure.unauthorized(wasTried: true)
        }
        // A browser adds no bearer token by itself.
        if !isBearer {
            let isOwn =
                switch access {
                case .changing: origin.isOwn(request)
                case .reading where Self.isWebSocket(request): origin.isOwnOrNone(request)
                // It could not read the answer, but keep us busy.
                case .reading, .open: !origin.isForeignFetch(request)
                }
            guard isOwn else { throw WebFailure.foreignOrigin }
        }
        return ClientName.trigger(of: user)
    }

    /// Another site may not read what we answer, but it may open a WebSocket.
    private static func isWebSocket(_ request: WebRequest) -> Bool {
        !request.headers.values(of: "Upgrade").isEmpty
    }

    private static func credential(_ request: WebRequest) -> Credential? {
        let values = request.headers.values(of: "Authorization")
        guard let value = values.first else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard values.count == 1, parts.count == 2 else { return .unreadable }
        let rest = parts[1].trimmed
        switch parts[0].lowercased() {
        case "bearer": return .bearer(Array(rest.utf8))
        case "basic":
            guard let data = Data(base64Encoded: rest), let colon = data.firstIndex(of: UInt8(ascii: ":")) else {
                return .unreadable
            }
            return .basic(
                user: String(decoding: data[..<colon], as: UTF8.self),
                password: Array(data[data.index(after: colon)...]))
        default: return .unreadable
        }
    }
}
