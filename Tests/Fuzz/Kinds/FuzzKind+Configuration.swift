import ErrorModel

@testable import Operations

/// Configuration files: no error repeats a value, lines are counted as an editor does, and what was understood is understood
/// again when it is written plainly.
extension FuzzKind {
    static let configuration = FuzzKind("configuration") { input in
        let text = input.text
        let file: ConfigurationFile
        do {
            file = try ConfigurationFile(path: "fuzz.conf", text: text)
        } catch let error as ConfigurationError {
            Finding.unless(
                !Marker.isIn(error.description) || hasMarkerBeforeEquals(text),
                "an error repeats a value: \(error.description)")
            return
        }
        Finding.unless(file.lines.values.allSatisfy { !$0.value.isBlank }, "a value is blank")
        let lines = text.count { $0.isNewline } + 1
        Finding.unless(file.lines.values.allSatisfy { (1...lines).contains($0.number) }, "a line there is not")
        let settings = file.lines.sorted { $0.value.number < $1.value.number }
        let plain = settings.map { $0.key.rawValue + " = " + $0.value.value + "\n" }.joined()
        let again = try ConfigurationFile(path: "fuzz.conf", text: plain)
        Finding.unlessSame(
            again.lines.mapValues(\.value), file.lines.mapValues(\.value), "written plainly and read again")
    }

    /// A name may be repeated, and the mark may be part of one.
    private static func hasMarkerBeforeEquals(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            Marker.isIn(Substring(line.unicodeScalars.prefix { $0 != "=" }))
        }
    }
}
