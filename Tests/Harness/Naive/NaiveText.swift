/// The three ways in which the rules look at a text: by its bytes, trimmed, and by its key.
package enum NaiveText {
    package static func bytes(_ text: String) -> [UInt8] {
        Array(text.utf8)
    }

    package static func sameBytes(_ left: String, _ right: String) -> Bool {
        bytes(left) == bytes(right)
    }

    package static func precedes(_ left: String, _ right: String) -> Bool {
        bytes(left).lexicographicallyPrecedes(bytes(right))
    }

    /// The text without leading and trailing White_Space, scalar by scalar: a blank that carries an accent is a blank.
    package static func trimmed(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        while let first = scalars.first, first.properties.isWhitespace {
            scalars.removeFirst()
        }
        while let last = scalars.last, last.properties.isWhitespace {
            scalars.removeLast()
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    package static func isBlank(_ text: String) -> Bool {
        trimmed(text).unicodeScalars.isEmpty
    }

    /// The trimmed text in lower case; two keys are the same when Swift's `==` says so.
    package static func key(_ text: String) -> String {
        trimmed(text).lowercased()
    }

    /// The texts without those that equal an earlier one by `==`: for keys.
    package static func distinctKeys(_ keys: [String]) -> [String] {
        var result: [String] = []
        for key in keys where !result.contains(key) {
            result.append(key)
        }
        return result
    }

    /// The texts without those that have the bytes of an earlier one, in the order of their bytes.
    package static func distinctTexts(_ texts: [String]) -> [String] {
        var result: [String] = []
        for text in texts where !result.contains(where: { sameBytes($0, text) }) {
            result.append(text)
        }
        return result.sorted(by: precedes)
    }
}
