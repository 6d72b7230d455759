extension HelpDump.Command {
    /// The verbs that do something, each with the words that lead to it.
    var leaves: [(command: HelpDump.Command, path: [String])] { leaves(path: []) }

    private func leaves(path: [String]) -> [(command: HelpDump.Command, path: [String])] {
        let verbs = (subcommands ?? []).filter { $0.commandName != "help" }
        if verbs.isEmpty { return [(self, path)] }
        return verbs.flatMap { $0.leaves(path: path + [$0.commandName]) }
    }

    /// The verb at `path`, as far as there are verbs of these names, and how many words led to it.
    func verb(at path: some Sequence<String>) -> (command: HelpDump.Command, depth: Int) {
        var (command, depth) = (self, 0)
        for word in path {
            guard let next = (command.subcommands ?? []).first(where: { $0.commandName == word }) else { break }
            command = next
            depth += 1
        }
        return (command, depth)
    }

    /// The flags that every verb has.
    var sharedArguments: [HelpDump.Argument] {
        let commands = leaves.map(\.command)
        guard let first = commands.first else { return [] }
        return (first.arguments ?? []).filter { argument in
            argument.shouldDisplay && commands.allSatisfy { ($0.arguments ?? []).contains(argument) }
        }
    }
}
