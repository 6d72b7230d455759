import Foundation
import Harness
import TestSupport
import Testing

/// `service --web`: the units of the admin's page, which systemd itself finds right.
@Suite("service --web")
struct WebServiceTests {
    private static func service(_ flags: [String]) throws -> ProgramResult {
        try RunProgram(
            [
                "service", "--web", "--database", "mariadb://pnbook@localhost/shop", "--program",
                "/usr/local/bin/pnbook-web",
            ]
                + flags
        ).run()
    }

    @Test(
        "systemd-analyze finds nothing to say of them",
        arguments: ["127.0.0.1:8787", "[::1]:80", "unix:/run/pnbook-web/web.sock"])
    func verified(listen: String) throws {
        let folder = try ScratchFolder()
        let token = try folder.write("0123456789abcdef0123456789abcdef", to: "token")
        var program = RunProgram([
            "service", "--web", "--to", folder.path, "--database", "mariadb://pnbook@localhost/shop", "--program",
            "/bin/true",
            "--listen", listen, "--token-file", token, "--origin", "https://books.example",
        ])
        program.environment = ["HOME": folder.path]
        let result = try program.run()
        #expect(result.code == 0 && !result.stderr.contains("token"), "\(result.stderr)")
        #expect(result.stdout.contains("systemctl enable --now pnbook-web.socket"))
        let files = ["/pnbook-web.service", "/pnbook-web.socket"].map { folder.path + $0 }
        let check = try ChildRun.run(["systemd-analyze", "verify"] + files)
        #expect(check.code == 0 && check.said == "", "\(check.said)")
        let socket = try String(contentsOfFile: files[1], encoding: .utf8)
        #expect(socket.contains("\nListenStream=" + listen.replacing("unix:", with: "") + "\n"))
        #expect(socket.contains("SocketMode=0660") == listen.hasPrefix("unix:"))
    }

    @Test("A run outlives the page's restart, what must outlive it is kept, and the token is handed over")
    func lines() throws {
        let text = try Self.service(["--origin", "https://books.example"]).stdout
        for line in [
            "Type=notify", "KillMode=process", "StateDirectory=pnbook-web", "StateDirectoryMode=0700",
            "Requires=pnbook-web.socket",
            "ExecStart=/usr/local/bin/pnbook-web --listen systemd --origin=https://books.example",
            "LoadCredential=pnbook-web-token:/etc/pnbook/web-token", "DynamicUser=yes", "ProtectSystem=strict",
            "NoNewPrivileges=yes", "ListenStream=127.0.0.1:8787", "WantedBy=sockets.target",
        ] {
            #expect(text.contains("\n" + line + "\n"), "no line \(line)")
        }
        let document = try Self.service(["--json"]).json
        #expect(document["timer"] == .null && document["socket"]?.string?.hasPrefix("[Unit]\n") == true)
    }

    @Test(
        "An address that other machines reach is refused, and so is a flag of the page without it",
        arguments: [
            "0.0.0.0:8787", "10.0.0.1:80", "8787", "127.0.0.1:0", "127.0.0.1:70000", "unix:web.sock", "[::]:80",
            "example:80",
        ])
    func refused(listen: String) throws {
        try Self.service(["--listen", listen]).expectRefusal(64, saying: "--listen")
        let database = ["--database", "mariadb://pnbook@localhost/shop"]
        try RunProgram(["service", "--listen", listen] + database).run().expectRefusal(64, saying: "add --web")
    }
}
