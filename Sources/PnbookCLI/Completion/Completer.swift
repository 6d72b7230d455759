import Chronology
import FoundationEssentials

/// Completes command lines: verbs, options, and the values of each by what they name.
struct Completer: Sendable {
    /// What the database knows; asked for only where it is needed.
    struct Names: Sendable {
        var books: @Sendable ([(name: String, value: String?)]) -> [Completion.Candidate] = { _ in [] }
        /// The tasks, running ones first; only those if they alone make sense.
        var tasks: @Sendable ([(name: String, value: String?)], _ onlyRunning: Bool) -> [Completion.Candidate] = {
            _, _ in []
        }
    }

    let root: HelpDump.Command
    var names = Names()

    /// What may stand in place of the last word.
    ///
    /// - Parameter words: without the program's name; the last, perhaps empty, ends at the cursor.
    func completion(of words: [String]) -> Completion {
        let walk = CommandLineWalk(root, words.dropLast())
        let word = words.last ?? ""
        if let option = walk.pending { return values(of: option, walk, beginningWith: word, after: "") }
        if !walk.isPastOptions, word.hasPrefix("-") {
            guard let equals = word.firstIndex(of: "=") else { return .words(options(walk), beginningWith: word) }
            guard let option = walk.option(String(word[..<equals])) else { return .files }
            let start = String(word[word.index(after: equals)...])
            return values(of: option, walk, beginningWith: start, after: String(word[...equals]))
        }
        if !walk.verbs.isEmpty {
            let verbs = walk.verbs.map { Completion.Candidate($0.commandName, $0.abstract ?? "") }
            return .words(verbs, beginningWith: word)
        }
        if let argument = walk.positional { return values(of: argument, walk, beginningWith: word, after: "") }
        return word.isEmpty ? .words(options(walk), beginningWith: "") : .files
    }

    /// The options that were not given yet: the verb's own first.
    private func options(_ walk: CommandLineWalk) -> [Completion.Candidate] {
        let given = Set(walk.given.map(\.name))
        let open = walk.options.filter { option in !(option.names ?? []).contains { given.contains($0.text) } }
        let shared = Set(root.sharedArguments)
        let ordered = open.filter { !shared.contains($0) } + open.filter(shared.contains)
        var candidates = ordered.compactMap { option in
            (option.names ?? []).first { $0.kind == .long }.map { Completion.Candidate($0.text, option.abstract ?? "") }
        }
        if walk.path.isEmpty {
            candidates.append(.init(CompletionScript.flag, "Print a script for bash, zsh or fish."))
        }
        return candidates
    }

    /// The values of an option or a positional argument, by the name of its value.
    private func values(
        of argument: HelpDump.Argument, _ walk: CommandLineWalk, beginningWith start: String, after lead: String
    ) -> Completion {
        let listed = argument.allValues ?? []
        if !listed.isEmpty { return .words(listed.map { .init($0) }, beginningWith: start, after: lead) }
        let kind = argument.valueName.flatMap(ValueKind.init(valueName:)) ?? .text
        if kind == .folder { return .folders }
        let candidates: [Completion.Candidate] =
            switch kind {
            case .file, .folder: []
            case .book: books(walk)
            case .task: names.tasks(walk.given, walk.path == ["task", "cancel"])
            case .zone: Zone.allIdentifiers.map { .init($0) }
            case .url: [.init("sqlite:", "a file"), .init("mariadb://", "a server")]
            case .trigger: [.init("manual:", "a person"), .init("scheduled", "a timer"), .init("api:", "a program")]
            case .text: []
            }
        return .words(candidates, beginningWith: start, after: lead)
    }

    private func books(_ walk: CommandLineWalk) -> [Completion.Candidate] {
        var words: [Completion.Candidate] = [
            .init("active", "the active book"), .init("previous", "the one that was active before"),
            .init("newest", "the newest book"),
        ]
        if walk.path == ["export"] { words.append(.init("all", "every book, for .db")) }
        if walk.path == ["diff"] { words.append(.init("catalogue", "what a book made now would have")) }
        return words + names.books(walk.given)
    }
}

/// What a value names, by its name in the help texts.
enum ValueKind {
    case file
    case folder
    case book
    case task
    case zone
    case url
    case trigger
    /// Anything else: only the user knows it.
    case text

    init?(valueName: String) {
        switch valueName {
        case "file": self = .file
        case "folder", "dir": self = .folder
        case "book", "a", "b": self = .book
        case "id": self = .task
        case "zone": self = .zone
        case "url": self = .url
        case "who": self = .trigger
        case "command", "instant", "duration", "what", "name", "count", "hash", "n", "time", "hh:mm", "text", "unit",
            "pn", "address", "origin":
            self = .text
        default: return nil
        }
    }
}
