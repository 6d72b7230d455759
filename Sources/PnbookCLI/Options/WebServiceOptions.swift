import ArgumentParser
import ErrorModel
import FoundationEssentials
import Operations

/// The flags of `service` for the units of the admin's page.
struct WebServiceOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the units of the admin's page, pnbook-web, instead.")
    var web = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --web: where the page is served, ADDRESS:PORT or unix:PATH. (default: 127.0.0.1:8787)",
            valueName: "address"))
    var listen: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --web: the file of the token that opens the page. (default: /etc/pnbook/web-token)", valueName: "file"
        ))
    var tokenFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --web: the page's address as browsers see it, such as https://books.example.", valueName: "origin"))
    var origin: String?

    /// What the units say of the page; nil without `--web`.
    ///
    /// - Throws: `UsageError`.
    func site() throws -> WebUnits.Site? {
        guard web else {
            for (name, value) in [("--listen", listen), ("--token-file", tokenFile), ("--origin", origin)]
            where value != nil {
                throw UsageError("\(name) is for the units of the page; add --web, or leave it out")
            }
            return nil
        }
        return WebUnits.Site(
            listen: try stream(listen ?? "127.0.0.1:8787"), tokenFile: tokenFile ?? "/etc/pnbook/web-token",
            origin: origin)
    }

    /// The address as systemd has it: of this machine alone, for the page has no TLS.
    private func stream(_ text: String) throws -> String {
        if text.hasPrefix("unix:/") { return String(text.dropFirst("unix:".count)) }
        guard let match = text.wholeMatch(of: /(?:127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})/), let port = Int(match.1),
            (1...65535).contains(port)
        else {
            throw UsageError(
                "--listen '\(text)' is not an address of this machine alone; write one such as 127.0.0.1:8787 or "
                    + "unix:/run/pnbook-web/web.sock, and put a proxy with TLS in front")
        }
        return text
    }
}
