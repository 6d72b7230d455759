/// What an account must be allowed to do with a table.
package struct RequiredPrivileges: Sendable {
    package enum Right: String, Sendable, CaseIterable {
        case select = "SELECT"
        case insert = "INSERT"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    package var table: String
    package var rights: [Right]

    package init(_ table: String, _ rights: [Right]) {
        self.table = table
        self.rights = rights
    }
}
