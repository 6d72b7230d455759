import ArgumentParser

/// `pnbook doctor`: is everything as it must be.
struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Look whether everything is as a run and its readers need it; change nothing.",
        discussion: """
            Looks at the configuration, the server, the schema, rights, books, room and tasks, and names for each finding \
            what mends it. Exits 0 where nothing is broken, else as a run would for the first thing that is.
            """)

    static let checksSecretsItself = true

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: AppContext) throws {
        var examination = Diagnostics(context)
        examination.run()
        let remarks = Diagnosis.told(examination.remarks)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(findings: remarks)))
        } else {
            let shown = context.isQuiet ? remarks.filter { $0.level != .ok } : remarks
            try context.output.write(shown.map(Self.text).joined() + (context.isQuiet ? "" : Self.sum(remarks)))
        }
        if let first = remarks.first(where: { $0.level == .broken }) { throw Ending(code: first.exitCode) }
    }

    private struct Document: Encodable {
        let schema = 1
        let findings: [Diagnosis]
    }

    private static func text(_ remark: Diagnosis) -> String {
        let sign =
            switch remark.level {
            case .ok: "ok    "
            case .note: "note  "
            case .broken: "BROKEN"
            }
        // Ready to copy: each of several in a line of its own.
        let lines = remark.remedy?.split(separator: "\n").map { TextTable.visible(String($0)) + "\n" } ?? []
        let remedy = lines.isEmpty ? "" : "        mend: " + lines.joined(separator: "              ")
        return "\(sign)  \(remark.topic): \(TextTable.visible(remark.found))\n\(remedy)"
    }

    private static func sum(_ remarks: [Diagnosis]) -> String {
        let broken = remarks.count { $0.level == .broken }
        let notes = remarks.count { $0.level == .note }
        let rest = notes > 0 ? ", \(notes.counted("note"))" : ""
        return broken == 0 ? "\nNothing is broken\(rest).\n" : "\n\(broken.counted("thing")) broken\(rest).\n"
    }
}
