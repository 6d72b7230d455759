import Glibc

/// How a program ends.
package enum ProcessEnd {
    /// Ends the process with an exit code, at once, with all that was printed.
    ///
    /// `exit` would first run what libraries have registered to clean up after themselves, while other threads still use them:
    /// OpenSSL takes its locks away from a connection that a worker is just opening, and the process dies of it, after all its work
    /// was done and reported.
    package static func exit(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }
}
