/// What seeds have where a password is: easily found again in what must not repeat it.
enum Marker {
    static let secret = "S3CR3T"
}
