extension String {
    /// Without leading and trailing White_Space (<doc:BookRules#Trimmed>).
    var trimmed: String {
        var text = self
        return text.withUTF8 {
            String(decoding: Whitespace.trimmed(UnsafeRawBufferPointer($0)), as: UTF8.self)
        }
    }
}
