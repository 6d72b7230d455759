/// What seeds have where a password is: easily found again in what must not repeat it.
enum Marker {
    private static let secret = "S3CR3T"

    /// Whether a text has the mark. Bytes are compared: with an accent behind it, or a sign before it that joins what follows, its
    /// end letters are other characters.
    static func isIn(_ text: some StringProtocol) -> Bool {
        text.utf8.contains(secret.utf8)
    }
}
