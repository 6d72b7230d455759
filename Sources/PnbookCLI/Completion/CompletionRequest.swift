import ArgumentParser
import FoundationEssentials
import Glibc
import Operations

/// What the shells' scripts ask: `pnbook complete SHELL WORD …`, with all words up to the cursor.
///
/// It never gets to the parser, which would refuse what is unfinished.
struct CompletionRequest {
    static let verb = "complete"

    private let shell: CompletionScript
    private let words: [String]

    /// - Parameter arguments: as the program was started with; nil where they ask for something else.
    init?(_ arguments: [String]) {
        guard arguments.count > 3, arguments[1] == Self.verb, let shell = CompletionScript(rawValue: arguments[2])
        else {
            return nil
        }
        self.shell = shell
        words = arguments.dropFirst(3).map { shell.keepsQuotes ? $0.withoutShellQuotes : $0 }
    }

    /// Prints what may come; an error is an empty answer, since a message would land in the middle of a command line.
    func answer(_ streams: CommandContext.Streams, environment: [String: String]) -> Int32 {
        guard let root = try? HelpDump(dump: Pnbook._dumpHelp()).command else { return 0 }
        let completer = Completer(root: root, names: CompletionNames(environment: environment).names)
        try? streams.output.write(document: completer.completion(of: words).text)
        return 0
    }
}

extension String {
    /// A word as a shell reads it, without its quotes and backslashes; the last quote may be missing.
    fileprivate var withoutShellQuotes: String {
        var text = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var isEscaped = false
        for scalar in unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\", quote != "'" {
                isEscaped = true
                continue
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
                continue
            } else if scalar == quote {
                quote = nil
                continue
            }
            text.append(scalar)
        }
        return String(text)
    }
}
