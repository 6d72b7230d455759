import ErrorModel
import Operations

/// A database's URL in a place where none belongs, as without its `--database`: it may hold a password, and a command that takes it
/// for a book's or a part number's name would repeat it.
enum MisplacedURL {
    private static let flags: Set<String> = ["--database", "--reader-database"]

    /// - Parameter arguments: as the program was started with.
    /// - Throws: `UsageError`, which does not repeat it.
    static func refuse(in arguments: [String]) throws {
        let isPartnumber = arguments.contains("explain")
        for (previous, argument) in zip(arguments, arguments.dropFirst()) where !flags.contains(previous) {
            let isValue = previous.hasPrefix("--") && !previous.contains("=")
            if isURL(argument) || (isValue && MisplacedSecret.isIn(argument))
                || (!isValue && !isPartnumber && holdsPassword(argument))
            {
                throw UsageError(
                    "an argument looks like a database's URL, which belongs after --database, or like a "
                        + "password; it is not repeated here")
            }
        }
    }

    private static func isURL(_ argument: String) -> Bool {
        let scalars = argument.lowercased().unicodeScalars.drop { $0.properties.isWhitespace }
        return MisplacedSecret.schemes.contains { scheme in
            scalars.starts(with: scheme.unicodeScalars)
                && [":", "/"].contains(scalars.dropFirst(scheme.unicodeScalars.count).first)
        }
    }

    /// `user:password@host`, and no flag.
    private static func holdsPassword(_ argument: String) -> Bool {
        let scalars = argument.unicodeScalars
        guard scalars.first != "-", let colon = scalars.firstIndex(of: ":") else { return false }
        return scalars[colon...].contains("@")
    }
}
