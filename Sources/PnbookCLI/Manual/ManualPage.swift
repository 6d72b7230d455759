import Chronology
import Operations

/// A manual page in mdoc, made of the command line's description.
struct ManualPage {
    private(set) var text = ""

    /// - Parameter date: printed at the foot.
    init(_ root: HelpDump.Command, date: CivilDate) {
        // A command's own flags are listed with it; those that all commands have are listed once.
        let leaves = root.leaves
        let shared = root.sharedArguments
        macro("Dd \(Self.months[date.month - 1]) \(date.day), \(date.year)")
        macro("Dt \(root.commandName.uppercased()) 1")
        macro("Os")
        macro("Sh NAME")
        macro("Nm \(root.commandName)")
        macro("Nd \(Self.withoutStop(root.abstract ?? "").lowercasedFirst)")
        macro("Sh SYNOPSIS")
        macro("Nm")
        macro("Ar verb")
        macro("Op Ar option ...")
        macro("Sh DESCRIPTION")
        // The table of exit codes has a section of its own.
        let description = (root.discussion ?? "").components(before: "Exit codes:")
        prose(description)
        macro("Sh VERBS")
        for leaf in leaves { add(leaf.command, leaf.path, without: shared) }
        macro("Sh OPTIONS")
        prose("Every command has these.")
        list(shared)
        macro("Sh ENVIRONMENT")
        macro("Bl -tag -width Ds")
        for setting in ConfigurationKey.allCases {
            macro("It Ev \(setting.variable)")
            prose(setting.isSecret ? "As \(setting.rawValue) in the configuration file." : "As --\(setting.rawValue).")
        }
        macro("It Ev \(ConfigurationFile.variable)")
        prose("As --config.")
        macro("El")
        macro("Sh FILES")
        macro("Bl -tag -width Ds")
        for path in ["~/.config/pnbook/pnbook.conf", ConfigurationFile.systemPath] { macro("It Pa \(path)") }
        prose(
            "The configuration: lines of the form name = value, with the names "
                + ConfigurationKey.allCases.map(\.rawValue).joined(separator: ", ")
                + ". The first of the two that exists is read.")
        macro("El")
        macro("Sh EXIT STATUS")
        macro("Bl -tag -width Ds")
        for status in ExitStatus.allCases {
            macro("It \(status.rawValue)")
            prose(status.meaning)
        }
        macro("El")
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    // MARK: Commands

    private mutating func add(
        _ command: HelpDump.Command, _ path: [String], without shared: [HelpDump.Argument]
    ) {
        let own = (command.arguments ?? []).filter { $0.shouldDisplay && !shared.contains($0) }
        let arguments = own.filter { $0.kind == .positional }.map { argument in
            argument.isOptional ? "Op Ar \(argument.valueName ?? "value")" : "Ar \(argument.valueName ?? "value")"
        }
        macro("Ss " + (path + arguments).joined(separator: " "))
        prose(command.abstract ?? "")
        if let discussion = command.discussion {
            macro("Pp")
            prose(discussion)
        }
        list(own)
        add(Example.of(path))
    }

    private mutating func add(_ examples: [Example]) {
        if examples.isEmpty { return }
        macro("Pp")
        prose(examples.count == 1 ? "Example:" : "Examples:")
        macro("Bl -tag -width Ds")
        for example in examples {
            macro("It Li " + Self.quoted(example.command))
            prose(example.meaning)
        }
        macro("El")
    }

    /// A macro's argument of several words.
    private static func quoted(_ text: String) -> String { "\"" + escaped(text).replacing("\"", with: "\"\"") + "\"" }

    private mutating func list(_ arguments: [HelpDump.Argument]) {
        if arguments.isEmpty { return }
        macro("Bl -tag -width Ds")
        for argument in arguments {
            let names = (argument.names ?? []).map { "Fl " + Self.escaped(String($0.text.dropFirst())) }
            let value = argument.valueName.map { "Ar " + Self.escaped($0) }
            switch argument.kind {
            case .positional: macro("It " + (value ?? ""))
            case .option: macro("It " + names.joined(separator: " , ") + " " + (value ?? ""))
            case .flag: macro("It " + names.joined(separator: " , "))
            }
            prose(argument.abstract ?? "")
            if let discussion = argument.discussion { prose(discussion) }
        }
        macro("El")
    }

    // MARK: Text

    private mutating func macro(_ line: String) {
        text += "." + line + "\n"
    }

    /// Paragraphs, filled; indented lines as they are.
    private mutating func prose(_ paragraphs: String) {
        var isLiteral = false
        var isAtStart = true
        for line in paragraphs.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("  ") != isLiteral, !line.isEmpty {
                isLiteral.toggle()
                macro(isLiteral ? "Bd -literal -offset indent" : "Ed")
                isAtStart = true
            }
            if line.isEmpty {
                if !isLiteral, !isAtStart { isAtStart = true }
            } else {
                if isAtStart, !isLiteral, !text.hasSuffix(".Pp\n"), !endsInHeading { macro("Pp") }
                let lines = isLiteral ? [String(line.dropFirst(2))] : Self.filled(line)
                text += lines.map { Self.escaped($0) + "\n" }.joined()
                isAtStart = false
            }
        }
        if isLiteral { macro("Ed") }
    }

    /// Whether the last line is a macro such as a heading: no paragraph macro may follow it.
    private var endsInHeading: Bool {
        let last = text.dropLast().split(separator: "\n").last ?? ""
        return last.hasPrefix(".") && !last.hasPrefix(".El") && !last.hasPrefix(".Ed")
    }

    /// The longest line in characters, unless a single word is longer.
    private static let width = 76

    /// A paragraph in lines: each sentence begins on a line of its own, as mdoc wants it.
    private static func filled(_ paragraph: Substring) -> [String] {
        var lines = [""]
        for word in paragraph.split(separator: " ") {
            let last = lines[lines.count - 1]
            let endsSentence = last.hasSuffix(".") || last.hasSuffix(".)")
            if !last.isEmpty, endsSentence || last.count + 1 + word.count > width {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = last + (last.isEmpty ? "" : " ") + word
            }
        }
        return lines
    }

    private static func escaped(_ text: String) -> String {
        let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    private static func withoutStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }

    fileprivate func components(before mark: String) -> String {
        firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
