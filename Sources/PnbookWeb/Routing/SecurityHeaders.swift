import WebServer

/// What every response tells a browser: run and load nothing but our own files, keep nothing, guess no type, show it in no frame
/// (<doc:Security#The-page>).
enum SecurityHeaders {
    private static let all = [
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                + "form-action 'self'; frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ]

    /// Adds them, and that nothing is kept where the response does not say itself what may be.
    static func add(to response: inout WebResponse) {
        let isAboutCaching = response.headers.contains { $0.0.lowercased() == "cache-control" }
        response.headers += all + (isAboutCaching ? [] : [("Cache-Control", "no-store")])
    }
}
