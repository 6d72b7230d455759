import Testing

@testable import PnbookWeb

/// Where the page is served.
@Suite("--listen")
struct ListenAddressTests {
    @Test(
        "An address of this machine is told from one that others reach",
        arguments: [
            ("127.0.0.1:8787", ListenAddress.tcp(host: "127.0.0.1", port: 8787), true),
            ("127.9.9.9:0", .tcp(host: "127.9.9.9", port: 0), true), ("[::1]:80", .tcp(host: "::1", port: 80), true),
            ("localhost:80", .tcp(host: "127.0.0.1", port: 80), true),
            ("unix:/run/x.sock", .unix(path: "/run/x.sock"), true),
            ("0.0.0.0:80", .tcp(host: "0.0.0.0", port: 80), false), ("[::]:80", .tcp(host: "::", port: 80), false),
            ("10.0.0.1:80", .tcp(host: "10.0.0.1", port: 80), false), ("systemd", .systemd, nil),
        ] as [(String, ListenAddress, Bool?)])
    func addresses(text: String, address: ListenAddress, isLocal: Bool?) throws {
        #expect(try ListenAddress(text) == address)
        #expect(address.isLocal == isLocal)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "8787", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1x", "::1:80",
            "[127.0.0.1]:80",
            "example.org:80", "unix:web.sock", "unix:", "127.0.0.1:80 ", "[::1:80",
        ])
    func refused(text: String) {
        #expect(throws: (any Error).self) { try ListenAddress(text) }
    }
}
