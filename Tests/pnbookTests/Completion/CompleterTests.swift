import ArgumentParser
import Testing

@testable import PnbookCLI

/// What the shells are told to offer.
@Suite("Completion")
struct CompleterTests {
    private static let root = dumped()

    private static func dumped() -> HelpDump.Command {
        do {
            return try HelpDump(dump: Pnbook._dumpHelp()).command
        } catch {
            preconditionFailure("the parser's own description cannot be read: \(error)")
        }
    }

    private static let completer = Completer(
        root: root,
        names: Completer.Names(
            books: { given in [.init("PNBOOK-1", "\(given.map { $0.name + "=" + ($0.value ?? "") })"), .init("41")] },
            tasks: { _, onlyRunning in onlyRunning ? [.init("run1")] : [.init("run1"), .init("old1")] }))

    private static func texts(_ words: String...) -> [String] { completer.completion(of: words).candidates.map(\.text) }
    private static func kind(_ words: String...) -> Completion.Kind { completer.completion(of: words).kind }

    @Test("Verbs, verbs of verbs, and both after help")
    func verbs() {
        #expect(Self.texts("ex") == ["explain", "export"])
        #expect(Self.texts("").contains("create"))
        #expect(Self.texts("task", "").sorted() == ["cancel", "clean", "list", "show", "watch"])
        #expect(Self.texts("help", "ta") == ["task"])
        #expect(Self.texts("help", "task", "w") == ["watch"])
    }

    @Test("A verb's own options come first, and none a second time")
    func options() {
        let options = Self.texts("create", "--")
        #expect(options.first.map { !["--config", "--database"].contains($0) } == true)
        #expect(options.contains("--dry-run") && options.contains("--config"))
        let rest = Self.texts("create", "--dry-run", "--config", "x", "--")
        #expect(!rest.contains("--dry-run") && !rest.contains("--config") && rest.contains("--migrate"))
    }

    @Test("Every option and argument of every verb is completed by what it names")
    func kinds() {
        for (command, path) in Self.root.leaves {
            for argument in command.arguments ?? [] where argument.shouldDisplay && argument.kind != .flag {
                let value = argument.valueName ?? ""
                let isKnown = !(argument.allValues ?? []).isEmpty || ValueKind(valueName: value) != nil
                #expect(isKnown, "\(path): <\(value)> is in no kind of ValueKind")
                guard argument.kind == .option, let name = argument.names?.first(where: { $0.kind == .long })?.text
                else {
                    continue
                }
                for words in [path + [name, ""], path + [name + "="]] {
                    let kind = Self.completer.completion(of: words).kind
                    switch ValueKind(valueName: value) {
                    case .file: #expect(kind == .files, "\(words)")
                    case .folder: #expect(kind == .folders, "\(words)")
                    case .book, .task, .zone, .url, .trigger: #expect(kind == .words, "\(words)")
                    case .text, nil: break
                    }
                }
            }
        }
        for name in ["--config", "--password-file", "--defaults-file"] {
            #expect(Self.kind("list", name, "") == .files)
        }
        #expect(Self.kind("create", "--metrics", "") == .files && Self.kind("simulate", "--books", "") == .files)
        #expect(Self.kind("export", "active", "--to", "") == .files)
        #expect(Self.kind("load", "") == .folders && Self.kind("service", "--to=") == .folders)
    }

    @Test("Books, tasks, zones and listed values, also behind an equals sign")
    func values() {
        #expect(Self.texts("show", "") == ["active", "previous", "newest", "PNBOOK-1", "41"])
        #expect(Self.texts("show", "4") == ["41"])
        #expect(Self.texts("diff", "41", "c") == ["catalogue"])
        #expect(Self.texts("export", "al") == ["all"])
        #expect(Self.texts("task", "watch", "") == ["run1", "old1"])
        #expect(Self.texts("task", "cancel", "") == ["run1"])
        #expect(Self.texts("list", "--timezone", "Europe/Mosc") == ["Europe/Moscow"])
        #expect(Self.texts("list", "--timezone=Europe/Mosc") == ["--timezone=Europe/Moscow"])
        #expect(Self.texts("list", "--progress", "b") == ["bar"])
        #expect(Self.texts("create", "--if-running=") == ["--if-running=fail", "--if-running=skip"])
        let about = Self.completer.completion(of: ["show", "--database=sqlite:x", "--config", "f", "P"]).candidates[0]
            .about
        #expect(about == #"["--database=sqlite:x", "--config=f"]"#)
    }

    @Test("Where nothing is known the shell offers files, and past the end options")
    func nothing() {
        #expect(Self.kind("list", "--now", "") == .files)
        #expect(Self.kind("show", "41", "x") == .files)
        #expect(Self.texts("show", "41", "").contains("--json"))
        #expect(Self.texts("show", "--", "--") == [])
        #expect(Self.kind("nonsense", "") == .files || !Self.texts("nonsense", "").isEmpty)
    }

    @Test("A misspelt word is known by its letters")
    func suggestions() {
        let suggestion = Suggestion(Self.root)
        for (words, meant) in [
            (["lits"], "'list'"), (["crate"], "'create'"), (["task", "shw"], "'show'"),
            (["task", "wach", "x"], "'watch'"),
            (["migrate", "stat"], "'status'"), (["doc", "--json"], "'doctor'"), (["watch"], "'task watch'"),
            (["hlep"], "'help'"), (["LIST"], "'list'"), (["--json", "lits"], "'list'"),
        ] {
            #expect(suggestion.message(forVerbIn: words)?.contains("Did you mean " + meant) == true, "\(words)")
        }
        for words in [["zzzzz"], ["list"], ["show", "lits"], ["x"], [], [String(repeating: "create", count: 100)]] {
            #expect(suggestion.message(forVerbIn: words) == nil, "\(words)")
        }
        #expect(suggestion.addition(forValueIn: ["list", "--progress", "bra"])?.contains("'bar'") == true)
        #expect(suggestion.addition(forValueIn: ["list", "--progress=jsno"])?.contains("'json'") == true)
        #expect(suggestion.addition(forValueIn: ["list", "--progress", "bar"]) == nil)
        #expect(Suggestion.distance("lits", "list") == 1 && Suggestion.distance("", "abc") == 3)
    }

    @Test("Every verb has examples, and the parser takes each")
    func examples() throws {
        let paths = Self.root.leaves.map { $0.path.joined(separator: " ") }
        #expect(Set(Example.all.keys) == Set(paths))
        for (path, examples) in Example.all {
            #expect(!examples.isEmpty)
            for example in examples {
                let command = example.command.prefix { $0 != "|" }.split(separator: " ").map(String.init)
                #expect(command.starts(with: ["pnbook"] + path.split(separator: " ").map(String.init)))
                #expect(example.meaning.hasSuffix("."))
                let parsed = Result { try Pnbook.parseAsRoot(Array(command.dropFirst())) }
                #expect(throws: Never.self, "\(example.command)") { _ = try parsed.get() as? any PnbookCLI.Command }
            }
        }
    }
}
