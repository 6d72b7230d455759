import FoundationEssentials
import Glibc
import Operations

/// The script that makes a shell ask this program for completions. It knows nothing of verbs and options, so it fits every version.
enum CompletionScript: String, CaseIterable {
    case bash
    case zsh
    case fish

    static let flag = "--generate-completion-script"

    /// The script that `--generate-completion-script [SHELL]` asks for, by default of the user's own shell; nil for what the
    /// parser is to refuse, and for other command lines.
    init?(requestedBy arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let index = arguments.dropFirst().firstIndex(where: { $0 == Self.flag || $0.hasPrefix(Self.flag + "=") })
        else { return nil }
        let own = environment["SHELL"]?.split(separator: "/").last.map(String.init) ?? ""
        let given = arguments[index].split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init)
        self.init(rawValue: given ?? arguments.dropFirst(index + 1).first ?? own)
    }

    /// Prints it, and returns the exit code.
    func end(_ streams: CommandContext.Streams) -> Int32 {
        do {
            try streams.output.write(document: text)
            return 0
        } catch {
            return FailureWriter(streams: streams, isJSON: false).end(error, task: nil, location: nil)
        }
    }

    /// Whether the shell hands words over as they were typed, with their quotes.
    var keepsQuotes: Bool { self == .bash }

    var text: String {
        switch self {
        case .bash: Self.bashText
        case .zsh: Self.zshText
        case .fish: Self.fishText
        }
    }

    // bash splits words at ':' and '=' too, and replaces only the part behind: the words are put together again from the line,
    // and what stands before that part is taken off the candidates. Files are readline's own.
    private static let bashText = #"""
        # Completion of pnbook for bash.
        _pnbook() {
            local IFS=$' \t\n' piece=$2 rest=${COMP_LINE:0:COMP_POINT} word line
            local -a words=() lines=()
            local -i index
            for ((index = 0; index < COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if ((index == 0)) || [[ $rest == [[:space:]]* ]]; then
                    rest=${rest#"${rest%%[![:space:]]*}"}
                    words+=("$word")
                else
                    words[${#words[@]} - 1]+=$word
                fi
                rest=${rest#"$word"}
            done
            if [[ $rest == [[:space:]]* ]]; then
                words+=("${rest#"${rest%%[![:space:]]*}"}")
            else
                words[${#words[@]} - 1]+=$rest
            fi
            local program=${words[0]/#\~/$HOME} current=${words[${#words[@]} - 1]}
            while IFS='' read -r line; do
                lines+=("$line")
            done < <(command "$program" complete bash "${words[@]:1}" 2>/dev/null)
            case ${lines[0]} in
            words)
                [[ $piece == = || $piece == : ]] && piece=
                local lead=${current%"$piece"}
                for line in "${lines[@]:1}"; do
                    line=${line%%$'\t'*}
                    COMPREPLY+=("${line#"$lead"}")
                done
                [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:/] ]] && compopt -o nospace
                ;;
            folders) compopt -o dirnames +o bashdefault +o default ;;
            esac
        }
        complete -o bashdefault -o default -F _pnbook pnbook

        """#

    private static let zshText = #"""
        #compdef pnbook
        # Completion of pnbook for zsh.
        _pnbook() {
            local line text about program=${(Q)words[1]}
            local -a lines described open
            program=${program/#\~/$HOME}
            lines=("${(@f)$(command "$program" complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
            case ${lines[1]} in
            words)
                for line in "${(@)lines[2,-1]}"; do
                    text=${${line%%$'\t'*}//:/\\:} about=${line#*$'\t'}
                    [[ -n $about ]] && text+=:$about
                    if [[ $line == *[:/]$'\t'* ]]; then open+=("$text"); else described+=("$text"); fi
                done
                _describe -V pnbook described -- open -S ''
                ;;
            folders)
                [[ $PREFIX == --*=* ]] && compset -P 1 '*='
                _files -/
                ;;
            *)
                [[ $PREFIX == --*=* ]] && compset -P 1 '*='
                _files
                ;;
            esac
        }
        if [[ ${funcstack[1]} == _pnbook ]]; then _pnbook "$@"; else compdef _pnbook pnbook; fi

        """#

    private static let fishText = #"""
        # Completion of pnbook for fish.
        function __pnbook_answer
            set -l words (commandline -opc)
            set -l program (string replace -r '^~' $HOME -- $words[1])
            command $program complete fish $words[2..] (commandline -ct) 2>/dev/null
        end
        function __pnbook_offers -a kind
            # One answer serves all three questions about the same line.
            set -l line (commandline -cp)
            if test "$line" != "$__pnbook_line"
                set -g __pnbook_line $line
                set -g __pnbook_lines (__pnbook_answer)
            end
            test "$__pnbook_lines[1]" = $kind
        end
        function __pnbook_words
            printf '%s\n' $__pnbook_lines[2..]
        end
        function __pnbook_folders
            set -l lead (string match -r '^--[^=]*=' -- (commandline -ct))
            set -l start (string replace -r '^--[^=]*=' '' -- (commandline -ct))
            set -l real (string replace -r '^~/' "$HOME/" -- "$start")
            for folder in $real*/
                printf '%s\n' "$lead$start"(string sub -s (math (string length -- "$real") + 1) -- $folder)
            end
        end
        complete -c pnbook -e
        complete -c pnbook -k -f -n '__pnbook_offers words' -a '(__pnbook_words)'
        complete -c pnbook -F -n '__pnbook_offers files'
        complete -c pnbook -f -n '__pnbook_offers folders' -a '(__pnbook_folders)'

        """#
}
