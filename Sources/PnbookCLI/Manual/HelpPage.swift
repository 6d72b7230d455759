/// The parser's help in this program's order: a verb's own flags come first, then examples, and those that all verbs have at the end.
struct HelpPage {
    private let root: HelpDump.Command
    private let shared: Set<String>

    init(_ root: HelpDump.Command) {
        self.root = root
        shared = Set(root.sharedArguments.flatMap { ($0.names ?? []).map(\.text) })
    }

    /// - Parameters:
    ///   - text: a help text of the parser's.
    ///   - width: the columns of a line.
    func arranged(_ text: String, width: Int) -> String {
        var sections = Self.sections(of: text)
        guard let usage = sections.first(where: { $0.title == "USAGE" }), let first = usage.lines.first else {
            return text
        }
        let path = path(inUsage: first)
        let command = root.verb(at: path).command
        guard (command.subcommands ?? []).isEmpty else { return text }
        var common = Section(title: "COMMON OPTIONS", lines: ["COMMON OPTIONS:"])
        for index in sections.indices {
            switch sections[index].title {
            case "USAGE": sections[index].lines = usageLines("USAGE: ", command, path, width)
            case "OPTIONS": common.lines += takeShared(from: &sections[index])
            default: break
            }
        }
        let examples = Example.of(path)
        if !examples.isEmpty {
            let lines = examples.flatMap { ["  " + $0.command, "      " + $0.meaning] }
            sections.append(Section(title: "EXAMPLES", lines: ["EXAMPLES:"] + lines))
        }
        sections.append(common)
        return sections.filter { $0.lines.count > 1 || ["OVERVIEW", "USAGE"].contains($0.title) }
            .map { $0.lines.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    /// The usage at the end of an error's message, without the flags that all verbs have.
    func withShortUsage(_ message: String, width: Int) -> String {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("Usage: ") }),
            let end = lines[start...].firstIndex(where: { $0.hasPrefix("  See '") })
        else { return message }
        let path = path(inUsage: lines[start])
        let command = root.verb(at: path).command
        guard (command.subcommands ?? []).isEmpty else { return message }
        return (lines[..<start] + usageLines("Usage: ", command, path, width) + lines[end...]).joined(separator: "\n")
    }

    // MARK: Sections

    private struct Section {
        let title: String
        var lines: [String]
    }

    private static func sections(of text: String) -> [Section] {
        var sections: [Section] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let title = line.wholeMatch(of: /([A-Z]+)(?: [A-Z]+)?:(?: .*)?/)?.1 {
                sections.append(Section(title: String(title), lines: [line]))
            } else if sections.isEmpty {
                sections.append(Section(title: "", lines: [line]))
            } else {
                sections[sections.count - 1].lines.append(line)
            }
        }
        for index in sections.indices { while sections[index].lines.last == "" { sections[index].lines.removeLast() } }
        return sections
    }

    /// The lines of those options that all verbs have.
    private func takeShared(from section: inout Section) -> [String] {
        var (own, common) = ([section.lines[0]], [String]())
        var isShared = false
        for line in section.lines.dropFirst() {
            if line.hasPrefix("  -") {
                let names = line.split(whereSeparator: { " ,/".contains($0) })
                isShared = names.prefix { $0.hasPrefix("-") }.contains { shared.contains(String($0)) }
            }
            if isShared { common.append(line) } else { own.append(line) }
        }
        section.lines = own
        return common
    }

    // MARK: Usage

    /// The verb's words in a line of usage.
    private func path(inUsage line: String) -> [String] {
        let words = line.split(separator: " ").dropFirst(2).map(String.init)
        return Array(words.prefix(root.verb(at: words).depth))
    }

    private func usageLines(_ lead: String, _ command: HelpDump.Command, _ path: [String], _ width: Int) -> [String] {
        let own = (command.arguments ?? []).filter { argument in
            argument.shouldDisplay && !(argument.names ?? []).contains { shared.contains($0.text) }
        }
        let ordered =
            own.filter { $0.kind == .positional } + own.filter { $0.kind != .positional && !$0.isOptional }
            + own.filter { $0.kind != .positional && $0.isOptional }
        var line = ([lead + root.commandName] + path).joined(separator: " ")
        var lines: [String] = []
        for part in ordered.map(Self.synopsis) + ["[common options]"] {
            if line.columns + 1 + part.columns > width {
                lines.append(line)
                line = String(repeating: " ", count: lead.count) + part
            } else {
                line += " " + part
            }
        }
        return lines + [line]
    }

    private static func synopsis(of argument: HelpDump.Argument) -> String {
        let value = "<\(argument.valueName ?? "value")>"
        let name = (argument.names ?? []).first { $0.kind == .long }?.text ?? argument.names?.first?.text ?? ""
        let text =
            switch argument.kind {
            case .positional: value
            case .option: name + " " + value
            case .flag: name
            }
        return argument.isOptional ? "[\(text)]" : text
    }
}
