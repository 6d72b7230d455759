/// An error of which the JSON document, if there is one, tells already: what is left are the words on stderr.
struct ReportedFailure: Error {
    let cause: any Error
}
