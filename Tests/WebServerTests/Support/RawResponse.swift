/// A response as a client reads it off the wire.
struct RawResponse {
    let status: Int
    /// The status line and the fields.
    let head: String
    let body: String

    /// The value of a field; nil where there is none.
    func field(_ name: String) -> String? {
        head.split(separator: "\r\n").dropFirst().first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { $0.dropFirst(name.count + 1).drop { $0 == " " } }.map(String.init)
    }
}
