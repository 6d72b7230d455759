// The standard library normalises texts to compare them, and has no public name for it yet.
@_spi(_Unicode) import Swift

extension String {
    /// Unicode's form C: `é` as one scalar.
    var canonicallyComposed: String { String(String.UnicodeScalarView(_nfc)) }

    /// Unicode's form D: `é` as a letter and an accent.
    var canonicallyDecomposed: String { String(String.UnicodeScalarView(_nfd)) }
}
