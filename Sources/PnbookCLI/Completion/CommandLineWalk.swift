/// A command line, perhaps unfinished, read as far as it goes: which verb it has, what was given, and what comes next.
///
/// Unlike the parser it refuses nothing: it is for completion and for suggestions.
struct CommandLineWalk {
    /// The verb so far; the root before there is one.
    private(set) var command: HelpDump.Command
    /// The words that lead to it.
    private(set) var path: [String] = []
    /// The option whose value comes next.
    private(set) var pending: HelpDump.Argument?
    /// How many positional arguments the verb has got.
    private(set) var positionals = 0
    /// The options and flags that were given, with their values.
    private(set) var given: [(name: String, value: String?)] = []
    /// Options are over.
    private(set) var isPastOptions = false
    /// A word in a verb's place that is not one.
    private(set) var unknownVerb: String?
    private let root: HelpDump.Command

    /// - Parameters:
    ///   - root: the whole command line.
    ///   - words: without the program's name.
    init(_ root: HelpDump.Command, _ words: some Sequence<String>) {
        self.root = root
        command = root
        for word in words { read(word) }
    }

    /// The verbs that may come next.
    var verbs: [HelpDump.Command] {
        positionals > 0 ? [] : verbsHere
    }

    /// The verbs that the verb so far has, whatever came after it.
    var verbsHere: [HelpDump.Command] { (command.subcommands ?? []).filter { $0.shouldDisplay ?? true } }

    /// The options and flags of the verb.
    var options: [HelpDump.Argument] { (command.arguments ?? []).filter { $0.kind != .positional && $0.shouldDisplay } }

    /// The positional argument that comes next.
    var positional: HelpDump.Argument? {
        let all = (command.arguments ?? []).filter { $0.kind == .positional }
        return positionals < all.count ? all[positionals] : nil
    }

    /// The option of this name.
    func option(_ name: String) -> HelpDump.Argument? {
        options.first { ($0.names ?? []).contains { $0.text == name } }
    }

    private mutating func read(_ word: String) {
        if pending != nil {
            given[given.count - 1].value = word
            pending = nil
            return
        }
        if !isPastOptions, word == "--" {
            isPastOptions = true
        } else if !isPastOptions, word.hasPrefix("-"), word != "-" {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            given.append((parts[0], parts.count > 1 ? parts[1] : nil))
            if parts.count == 1, let option = option(word), option.kind == .option { pending = option }
        } else if positionals == 0, path.isEmpty, word == "help" {
            // Its arguments are verbs of the root.
            path = ["help"]
            command = HelpDump.Command(verbsOf: root)
        } else if let verb = (command.subcommands ?? []).first(where: { $0.commandName == word }), positionals == 0 {
            command = verb
            path.append(word)
        } else {
            if positionals == 0, positional == nil, !(command.subcommands ?? []).isEmpty, unknownVerb == nil {
                unknownVerb = word
            }
            positionals += 1
        }
    }
}

extension HelpDump.Command {
    /// Nothing but the verbs of another command.
    fileprivate init(verbsOf other: HelpDump.Command) {
        self.init(
            commandName: "help", abstract: nil, discussion: nil, shouldDisplay: true,
            subcommands: (other.subcommands ?? []).filter { $0.commandName != "help" }, arguments: [])
    }
}
