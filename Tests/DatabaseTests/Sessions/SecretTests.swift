import Database
import DatabaseMariaDB
import Testing

@Suite("Secrets")
struct SecretTests {
    private static let secret = Secret("hunter2")
    private static let options = MariaDBOptions(
        location: MariaDBURL(user: "ann", host: "h", schema: "shop"), password: secret)

    /// Everything that Swift makes of a value without being told how.
    private static func texts(of value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        let mirror = Mirror(reflecting: value)
        return [
            "\(value)", String(describing: value), String(reflecting: value), dumped, "\(mirror)", "\([value])",
            String(reflecting: Optional(value) as Any), "\(["key": value])",
            mirror.children.map { "\($0.label ?? ""): \($0.value)" }.joined(),
        ]
    }

    @Test("A secret shows in no text, alone or inside of something else")
    func hidden() {
        for text in Self.texts(of: Self.secret) + Self.texts(of: Self.options) + Self.texts(of: [Self.options]) {
            #expect(!text.contains("hunter2"))
        }
        #expect(Self.secret.description == "(secret)")
        #expect(Self.secret.debugDescription == "(secret)")
        #expect(Mirror(reflecting: Self.secret).children.isEmpty)
        #expect(Self.secret.value == "hunter2")
    }

    @Test("What is not secret still shows")
    func shown() {
        #expect(Self.texts(of: Self.options).contains { $0.contains("ann") })
    }
}
