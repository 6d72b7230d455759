import ErrorModel

/// A value that cannot be understood, before it is known where it came from.
struct BadValue: Error {
    let text: DisplayText
}
