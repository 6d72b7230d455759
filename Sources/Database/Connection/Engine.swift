/// The two engines.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case mariadb
}
