/// An error that is already in the JSON document, if there is one: only the text on stderr is left.
struct ReportedFailure: Error {
    let cause: any Error
}
