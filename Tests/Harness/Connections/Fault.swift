/// What the faulty program does to itself, instead of one of its calls of a database.
package struct Fault: Sendable {
    /// What happens at the call.
    package enum Kind: String, Sendable {
        /// The call fails.
        case error
        /// The call fails, and its connection is lost.
        case lost
        /// `kill -9`.
        case kill
        /// SIGSTOP: the process stops before the call, and makes it once it is continued.
        case stop
        /// The same, but only COMMITs are counted: of how many other calls come before one, the clock decides as well.
        case stopBeforeCommit
    }

    /// What happens; nil for nothing.
    package private(set) var kind: Kind?
    /// At which call of the process, counted from 1 over all of its connections.
    package private(set) var call = 0
    /// The file to which the number of calls so far is written; nil for none.
    package private(set) var countFile: String?

    private init() {}

    package init(_ kind: Kind, at call: Int) {
        self.kind = kind
        self.call = call
    }

    package static func stop(_ call: Int) -> Fault { Fault(.stop, at: call) }
    package static func stop(beforeCommit number: Int) -> Fault { Fault(.stopBeforeCommit, at: number) }
    package static func kill(_ call: Int) -> Fault { Fault(.kill, at: call) }

    /// No fault: the calls are only counted.
    package static func none(countingInto file: String) -> Fault {
        var fault = Fault()
        fault.countFile = file
        return fault
    }

    // MARK: As the faulty program is told

    private static let faultVariable = "PNBOOK_FAULT"
    private static let countVariable = "PNBOOK_FAULT_COUNT"

    /// The variables that tell the faulty program: `PNBOOK_FAULT=stop:25`, `PNBOOK_FAULT_COUNT=FILE`.
    package var environment: [String: String] {
        var variables: [String: String] = [:]
        if let kind { variables[Self.faultVariable] = "\(kind.rawValue):\(call)" }
        if let countFile { variables[Self.countVariable] = countFile }
        return variables
    }

    /// Reads what ``environment`` says; nil where it says nothing.
    package init?(environment: [String: String]) {
        let parts = environment[Self.faultVariable]?.split(separator: ":") ?? []
        if parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let call = Int(parts[1]) {
            self.kind = kind
            self.call = call
        }
        countFile = environment[Self.countVariable]
        if kind == nil, countFile == nil { return nil }
    }
}
