/// Stops the statement that a connection is running, from any thread; without one it does nothing.
package protocol Interrupter: Sendable {
    /// The stopped statement fails with an error of kind ``DatabaseError/Kind/interrupted``.
    func interrupt() throws
}
