import Operations
import Tasks

/// Who asks, as tasks and the log name it: `api:ann`.
enum ClientName {
    /// Whoever sends the token alone.
    static let bearer = "token"
    private static let longest = 64

    /// - Parameter user: as it was sent: any text.
    static func trigger(of user: String) -> TaskTrigger {
        // What is left is nothing that a setting, a log or a command line takes for something else.
        let clean = String(
            String.UnicodeScalarView(
                user.unicodeScalars.filter { $0.properties.isAlphabetic || isAllowed($0) }.prefix(longest)))
        let name = clean.isEmpty || MisplacedSecret.isIn("api:" + clean) ? "page" : clean
        return TaskTrigger("api:" + name) ?? .scheduled
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", ".", "_", "-", "@", "+": true
        default: false
        }
    }
}
