import Crypto
import WebServer

/// The page itself: its files beside this one, compiled into the program.
///
/// They are what a browser gets, to the byte: there is no build step. All links in them are relative, so that they also work under
/// a proxy's prefix.
package enum Page {
    /// The page's address; its other files are below it.
    package static let path = "/vendor-mappings"

    /// Finds a file by a request's path.
    package static let files: PageFiles = { request in byPath[request.path] }

    private static let byPath = Dictionary(
        uniqueKeysWithValues: contents.map { name, bytes in
            (
                name == "index.html" ? path : path + "/" + name,
                PageFile(bytes: bytes, type: type(of: name), tag: tag(of: bytes))
            )
        })

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }

    private static func tag(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(12).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static let contents: [(name: String, bytes: [UInt8])] = [
        ("advice.js", PackageResources.advice_js),
        ("api.js", PackageResources.api_js),
        ("base.css", PackageResources.base_css),
        ("book-actions.js", PackageResources.book_actions_js),
        ("books.css", PackageResources.books_css),
        ("books.js", PackageResources.books_js),
        ("compare.js", PackageResources.compare_js),
        ("create.js", PackageResources.create_js),
        ("dialogs.js", PackageResources.dialogs_js),
        ("dom.js", PackageResources.dom_js),
        ("explain.js", PackageResources.explain_js),
        ("icon.svg", PackageResources.icon_svg),
        ("index.html", PackageResources.index_html),
        ("language.js", PackageResources.language_js),
        ("live.js", PackageResources.live_js),
        ("narrow.css", PackageResources.narrow_css),
        ("page.js", PackageResources.page_js),
        ("parts.css", PackageResources.parts_css),
        ("phrases.js", PackageResources.phrases_js),
        ("problems.js", PackageResources.problems_js),
        ("report.js", PackageResources.report_js),
        ("running.js", PackageResources.running_js),
        ("runs.js", PackageResources.runs_js),
        ("shelf.js", PackageResources.shelf_js),
        ("texts-advice.js", PackageResources.texts_advice_js),
        ("texts-books.js", PackageResources.texts_books_js),
        ("texts-program.js", PackageResources.texts_program_js),
        ("texts-runs.js", PackageResources.texts_runs_js),
        ("texts.js", PackageResources.texts_js),
        ("toasts.js", PackageResources.toasts_js),
    ]
}
