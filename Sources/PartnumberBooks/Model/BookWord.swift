/// Words that name a book by its place, wherever a book can be named; besides them there are its id and its version.
package enum BookWord: String, CaseIterable, Sendable {
    /// The one that readers use.
    case active
    /// The one that was active before it.
    case previous
    /// The one made last, active or not.
    case newest
}
