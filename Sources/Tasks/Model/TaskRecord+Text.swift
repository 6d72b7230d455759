package import ErrorModel

extension TaskRecord {
    /// ``message`` for people: its phase is one of the program's own words.
    package var messageText: DisplayText {
        guard let colon = message.firstRange(of: ": ") else { return .term(message) }
        return "\(DisplayText.term(String(message[..<colon.lowerBound]))): \(message[colon.upperBound...])"
    }
}
