import Testing

@testable import WebServer

/// Paths and queries have one meaning.
@Suite("Targets of requests")
struct RequestTargetTests {
    @Test(
        "A path is decoded once",
        arguments: [
            ("/", "/"), ("/api/tasks", "/api/tasks"), ("/api/tasks/", "/api/tasks/"), ("/a%20b", "/a b"),
            ("/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0", "/книга"), ("/a%2541", "/a%41"), ("/a+b", "/a+b"),
            ("/...", "/..."), ("/a;b=c", "/a;b=c"),
        ])
    func path(target: String, path: String) throws {
        #expect(try RequestTarget(target).path == path)
    }

    @Test(
        "A path that two readers could take for two is refused",
        arguments: [
            "", "a", "*", "//a", "/a//b", "/.", "/..", "/a/./b", "/a/../b", "/%2e%2e/b", "/.%2E", "/a%2fb", "/a%5Cb",
            "/a\\b", "/a%", "/a%2", "/a%zz", "/%00", "/a%0Ab", "/a%7f", "/%C2%85", "/%FF", "/%C0%AF", "/a#b", "/a b",
            "/é", "/?a=%", "/?a=%00", "/?%FF=1",
        ])
    func refused(target: String) {
        #expect(throws: WebRefusal.self) { try RequestTarget(target) }
    }

    @Test("A query is a list of names and values")
    func query() throws {
        let query = try RequestTarget("/p?a=1&b=%D1%8F+x&c&d=&a=2=3&&%26=%3D").query
        #expect(query.map(\.name) == ["a", "b", "c", "d", "a", "&"])
        #expect(query.map(\.value) == ["1", "я x", "", "", "2=3", "="])
        #expect(try RequestTarget("/p").query.isEmpty)
        #expect(try RequestTarget("/p?").query.isEmpty)
    }
}
