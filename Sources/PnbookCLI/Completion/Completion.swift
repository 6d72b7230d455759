/// What may stand at a place of a command line.
struct Completion {
    /// What a shell is to offer.
    enum Kind: String {
        /// The candidates.
        case words
        /// What it offers by itself: files.
        case files
        case folders
    }

    struct Candidate: Hashable {
        let text: String
        /// What it means, in a few words.
        let about: String

        init(_ text: String, _ about: String = "") {
            self.text = text
            self.about = about
        }
    }

    let kind: Kind
    let candidates: [Candidate]

    static let files = Completion(kind: .files, candidates: [])
    static let folders = Completion(kind: .folders, candidates: [])

    /// The candidates that begin with `start`. Where nothing is known, the shell offers what it has.
    static func words(_ candidates: [Candidate], beginningWith start: String, after lead: String = "") -> Completion {
        let fitting = candidates.filter { $0.text.hasPrefix(start) }.map { Candidate(lead + $0.text, $0.about) }
        return candidates.isEmpty ? .files : Completion(kind: .words, candidates: fitting)
    }

    /// As the scripts read it: the kind, then a line for each candidate, with its meaning after a tab.
    var text: String {
        ([kind.rawValue] + candidates.map { "\($0.text)\t\($0.about)" }).map { $0 + "\n" }.joined()
    }
}
