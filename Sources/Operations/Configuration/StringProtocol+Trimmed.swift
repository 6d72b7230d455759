extension StringProtocol {
    /// Without the spaces and tabs at both ends, scalar by scalar: a space that a combining mark follows is one.
    package var trimmed: String {
        let isBlank = { (scalar: Unicode.Scalar) in
            scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
        }
        let start = String.UnicodeScalarView(unicodeScalars.drop(while: isBlank))
        guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(String.UnicodeScalarView(start[...end]))
    }
}
