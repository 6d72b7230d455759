extension BinaryInteger {
    /// With groups of three for people: `17 569`.
    package var grouped: String {
        let digits = String(magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (self < 0 ? "-" : "") + groups.joined(separator: " ")
    }

    /// `1 book`, `17 569 books`.
    package func counted(_ noun: String) -> DisplayText { "\(grouped) \(self.noun(noun))" }

    /// `book` after one, `books` after any other number.
    package func noun(_ noun: String) -> DisplayText {
        var phrase = Phrase("")
        phrase.append(.noun(noun, number: DisplayText(grouped)))
        return DisplayText(parts: [.phrases([phrase])])
    }
}
