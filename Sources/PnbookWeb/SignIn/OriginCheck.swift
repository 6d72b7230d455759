import WebServer

/// Whether a request comes from the page itself. A browser sends the password that it knows also with what another site asks of
/// it, and says in `Origin` which site that is.
struct OriginCheck: Sendable {
    /// The page's own, such as `https://books.example`; nil for whatever the request calls its host.
    private let origin: String?

    init(_ origin: String?) {
        self.origin = origin.map(Self.plain)
    }

    /// Whether a request that changes something comes from the page: one that does not say from where does not.
    func isOwn(_ request: WebRequest) -> Bool {
        let origins = request.headers.values(of: "Origin")
        guard origins.count == 1 else { return false }
        return isOwn(origins[0], request)
    }

    /// The same for one that only reads, and that other programs send without an origin.
    func isOwnOrNone(_ request: WebRequest) -> Bool {
        request.headers.values(of: "Origin").isEmpty && isSameSite(request) || isOwn(request)
    }

    /// Whether another site's page asks for it behind its own back, and not a person who follows a link.
    func isForeignFetch(_ request: WebRequest) -> Bool {
        let isNavigation = request.headers.values(of: "Sec-Fetch-Mode").contains { $0.lowercased() == "navigate" }
        return !isSameSite(request) && !isNavigation
    }

    private func isOwn(_ text: String, _ request: WebRequest) -> Bool {
        guard isSameSite(request) else { return false }
        if let origin { return Self.plain(text) == origin }
        let hosts = request.headers.values(of: "Host")
        guard hosts.count == 1, !hosts[0].isEmpty else { return false }
        // Before a proxy the page may have come over TLS, of which this request tells nothing.
        return ["http://", "https://"].contains { Self.plain(text) == $0 + hosts[0].lowercased() }
    }

    /// What newer browsers say beside it.
    private func isSameSite(_ request: WebRequest) -> Bool {
        request.headers.values(of: "Sec-Fetch-Site").allSatisfy { ["same-origin", "none"].contains($0.lowercased()) }
    }

    private static func plain(_ origin: String) -> String {
        let text = origin.lowercased()
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
