/// A text that equals another only byte for byte.
struct UTF8Text: Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: UTF8Text, right: UTF8Text) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    static func < (left: UTF8Text, right: UTF8Text) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
