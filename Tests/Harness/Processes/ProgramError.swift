import Foundation

/// What kept a program from being run.
package enum ProgramError: Error, CustomStringConvertible {
    /// The tests were not started with `Tests/run`, which says by this variable where the program is.
    case unknownBinary(variable: String)
    /// A call of the system failed, with this `errno`.
    case notStarted(String, Int32)
    /// It ran for too long and was killed; the program and its arguments.
    case timeLimit(String)
    /// It ended with another code than 0; the program, its arguments and what it said.
    case failed(String, ProgramResult)

    package var description: String {
        switch self {
        case .unknownBinary(let variable): "\(variable) is not set: start the tests with Tests/run"
        case .notStarted(let what, let number): "\(what): \(String(cString: strerror(number)))"
        case .timeLimit(let words): "\(words): did not end in time and was killed"
        case .failed(let words, let result):
            "\(words): ended with \(result.code): \(result.said.suffix(4000))"
        }
    }
}
