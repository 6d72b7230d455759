import ArgumentParser
import PartnumberBooks

/// `pnbook doctor`: is everything as it must be.
struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Look whether everything is as a run and its readers need it; change nothing.",
        discussion: """
            Looks at the configuration, the server, the schema, rights, books, room and tasks, and names for each finding \
            what fixes it. Exits 0 where nothing is broken, else as a run would for the first thing that is.
            """)

    static let checksSecretsItself = true

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: AppContext) throws {
        var examination = Diagnostics(context)
        examination.run()
        let remarks = Diagnosis.told(examination.remarks)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(remarks)))
        } else {
            let shown = context.isQuiet ? remarks.filter { $0.level != .ok } : remarks
            try context.output.write(shown.map(Self.text).joined() + (context.isQuiet ? "" : Self.sum(remarks)))
        }
        if let first = remarks.first(where: { $0.level == .broken }) { throw Ending(code: Self.exitCode(for: first)) }
    }

    private struct Document: Encodable {
        struct Finding: Encodable {
            let topic: String
            let level: String
            let found: String
            /// Commands or statements, one in a line; null where there is nothing to fix.
            @ExplicitNull var remedy: String?
            /// What a run would exit with for this.
            let exitCode: Int32
        }

        let schema = 1
        let findings: [Finding]

        init(_ remarks: [Diagnosis]) {
            findings = remarks.map {
                Finding(
                    topic: $0.topic, level: $0.level.rawValue, found: $0.found, remedy: $0.remedy?.command,
                    exitCode: Doctor.exitCode(for: $0))
            }
        }
    }

    static func exitCode(for remark: Diagnosis) -> Int32 {
        (remark.category.map(ExitStatus.init) ?? .done).rawValue
    }

    private static func text(_ remark: Diagnosis) -> String {
        let sign =
            switch remark.level {
            case .ok: "ok    "
            case .note: "note  "
            case .broken: "BROKEN"
            }
        // Ready to copy: each of several in a line of its own.
        let lines = remark.remedy?.command.split(separator: "\n").map { TextTable.visible(String($0)) + "\n" } ?? []
        let remedy = lines.isEmpty ? "" : "        fix: " + lines.joined(separator: "             ")
        return "\(sign)  \(remark.topic): \(TextTable.visible(remark.found))\n\(remedy)"
    }

    private static func sum(_ remarks: [Diagnosis]) -> String {
        let broken = remarks.count { $0.level == .broken }
        let notes = remarks.count { $0.level == .note }
        let rest = notes > 0 ? ", \(notes.counted("note"))" : ""
        return broken == 0 ? "\nNothing is broken\(rest).\n" : "\n\(broken.counted("thing")) broken\(rest).\n"
    }
}
