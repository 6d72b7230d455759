/// A connection was requested by a run that was given none: a fault of the program or of its test, not of the data.
package struct UnopenedConnection: Error, CustomStringConvertible {
    let purpose: ConnectionPurpose

    package var description: String {
        "a connection for '\(purpose)' was asked for, and this run was given no database"
    }
}
