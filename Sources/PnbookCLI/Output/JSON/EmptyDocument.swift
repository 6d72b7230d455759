/// A document without fields of its own: a failure before there was a result.
struct EmptyDocument: Encodable {
    private enum Key: CodingKey {}

    func encode(to encoder: any Encoder) throws {
        _ = encoder.container(keyedBy: Key.self)
    }
}
