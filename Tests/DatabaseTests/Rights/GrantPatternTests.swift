import Testing

@testable import DatabaseMariaDB

/// Patterns of schemas' names, as a server has them in grants.
@Suite("Patterns of grants")
struct GrantPatternTests {
    @Test(
        "A percent sign is any run, an underscore one character, and a backslash takes their meaning away",
        arguments: [
            ("shop", "shop", true), ("shop", "shops", false), ("sh%", "sh", true), ("sh%", "shop", true),
            ("%p", "shop", true), ("%h%p", "shop", true), ("sh_p", "shop", true), ("sh_p", "shp", false),
            ("sh\\_p", "sh_p", true), ("sh\\_p", "shop", false), ("sh\\%", "sh%", true), ("sh\\%", "shop", false),
            ("a\\", "a\\", true), ("%", "", true), ("_", "", false), ("", "", true),
        ])
    func meaning(pattern: String, name: String, fits: Bool) {
        #expect(HeldGrants.matches(pattern, name) == fits)
    }

    @Test("Many runs come to an end: trying each in turn would not")
    func manyRuns() {
        let pattern = String(repeating: "%a", count: 30)
        let name = String(repeating: "a", count: 64)
        #expect(HeldGrants.matches(pattern, name))
        #expect(!HeldGrants.matches(pattern + "b", name))
    }
}
