/// A value that cannot be understood, before it is known where it came from.
struct BadValue: Error, CustomStringConvertible {
    let description: String
}
