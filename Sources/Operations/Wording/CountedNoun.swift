extension BinaryInteger {
    /// With thin groups of three for people: `17 569`.
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
    package func counted(_ noun: String) -> String { grouped + " " + self.noun(noun) }

    /// `book` for one, `books` for any other number.
    package func noun(_ noun: String) -> String { self == 1 ? noun : noun + "s" }
}
