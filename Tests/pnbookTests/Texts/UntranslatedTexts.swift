import Foundation

/// Which literals of the sources are for people, and which of them have no translation on purpose.
enum UntranslatedTexts {
    /// Whether a text reads like a sentence or a part of one: two words of small letters, one after the other.
    static func isProse(_ template: String) -> Bool {
        template.contains(/[a-z]{2,},? [a-z]{2,}/) && !template.contains(/^\s*(?:[A-Z]{3,} |REPLACE INTO)/)
    }

    /// Whether a text has no translation on purpose.
    ///
    /// - Parameter path: of its file.
    static func contains(_ text: SourceText, in path: String) -> Bool {
        let isElsewhere = places.contains { path.contains($0) } || uses.contains { text.before.hasSuffix($0) }
        return isElsewhere || commands.contains { text.template.hasPrefix($0) } || texts.contains(text.template)
    }

    /// What is said in English in any case: help, the manual and usage messages, which the parser of the command line puts together;
    /// machine formats; what `--verbose` tells; units; the words by which an engine's messages are known; the page's server, whose texts
    /// are for programs and logs: the page has its own.
    private static let places = [
        "/PnbookCLI/Manual/", "/PnbookCLI/Completion/", "/PnbookCLI/Output/Schema/",
        "/Operations/Wording/ExitStatus.swift",
        "/PnbookCLI/Output/Suggestion.swift", "/PnbookCLI/Output/ParsingFailure.swift",
        "/PnbookCLI/Program/Pnbook.swift",
        "/Exporting/Workbook/", "/Operations/Tracing/", "/Operations/Monitoring/Metrics.swift",
        "/Systemd/SystemdUnits.swift", "/Systemd/WebUnits.swift",
        "/Files/FileMark.swift", "/DatabaseMariaDB/Wire/", "/Errors/TLSRefusal.swift", "/Rights/MissingGrant.swift",
        "/Catalogue/Loading/BaselineTables.swift",
        "/PnbookWeb/", "/pnbook-web/", "/WebServer/",
    ]

    /// What stands before a literal that is help, a usage message, a programming error or a line of `--verbose`.
    private static let uses = [
        "help:", "ArgumentHelp(", "abstract:", "discussion:", "ValidationError(", ".debug(", ".malformed(",
        "precondition(", "preconditionFailure(", "assertionFailure(", "fatalError(", ".counted(", ".noun(",
        "ValidationError(isOutput?", "ValidationError(isOutput?:", "message.contains(",
        "message.hasPrefix(", "message.hasSuffix(",
    ]

    /// Commands to copy.
    private static let commands = ["pnbook ", "apt-get ", "chmod ", "timedatectl ", "systemctl ", "openssl "]

    /// What is stored in rows, which have one language; programming errors; names of tables and columns; commands with a note; the
    /// client library's own words.
    private static let texts: Set<String> = [
        "{1} rows loaded", "a .{1} file is not written as a stream", "its book {1} had been published",
        "before the first phase", "its process",
        "{1} was lost while {2}", "lost while {1}", "its process is gone",
        "its process has given no sign of life for {1} seconds", "{1}; it was {2}", "its items did not arrive in time",
        "at most {1} columns",
        "a cell for each column", "a connection for '{1}' was asked for, and this run was given no database",
        "no database", "vtable constructor failed: pnbook_rows", "Unknown server host '{1}' ({2})",
        "Can't connect to local server through socket '{1}' ({2})", "Can't connect to server on '{1}' ({2})",
        "partnumber, lot_name", "book_id, version, note, pinned_by, pinned_at", "on update",
        "COALESCE(completed_at, started_at, created_at)",
        "qt_partnumber_book_items.description as TEXT",
        "mount it writable  ('{1}' is on a read-only file system; to read it, nothing is missing)",
        "su '{1}'  (who owns '{2}'; to read it, nothing is missing)",
    ]
}
