import WebServer

/// Finds the route of a request.
struct Router: Sendable {
    private let routes: [Route]

    /// - Parameter routes: of two that fit, the first counts.
    init(_ routes: [Route]) {
        self.routes = routes
    }

    /// What a request is for.
    enum Match {
        case route(Route, parameters: [String: String])
        /// The address exists, and takes these methods.
        case otherMethods([String])
        case nothing
    }

    func match(_ method: String, _ path: String) -> Match {
        let segments = Route.segments(of: path)
        // A HEAD is answered as a GET, and the server leaves the body out.
        let wanted = method == "HEAD" ? "GET" : method
        var allowed: Set<String> = []
        for route in routes {
            guard let parameters = route.parameters(in: segments) else { continue }
            if route.method == wanted { return .route(route, parameters: parameters) }
            allowed.formUnion(route.method == "GET" ? ["GET", "HEAD"] : [route.method])
        }
        return allowed.isEmpty ? .nothing : .otherMethods(allowed.sorted())
    }
}
