/// An error after which no transaction is open any more: there is nothing to undo, and the connection is closed.
package protocol TransactionEnded: Error {}
