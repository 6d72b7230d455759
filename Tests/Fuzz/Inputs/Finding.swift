import Foundation

/// Something that is not as it must be: said on stderr, and the end of the process, upon which the engine keeps the input.
enum Finding {
    /// Of the process's one kind.
    nonisolated(unsafe) static var kind = ""

    static func report(_ what: String) -> Never {
        FileHandle.standardError.write(Data("FINDING: \(kind): \(what.debugDescription)\n".utf8))
        abort()
    }

    /// Reports what is wrong unless the condition holds.
    static func unless(_ condition: Bool, _ what: @autoclosure () -> String) {
        if !condition { report(what()) }
    }

    /// Reports two values that must be the same and are not.
    static func unlessSame<Value: Equatable>(_ value: Value, _ expected: Value, _ what: @autoclosure () -> String) {
        if value != expected { report("\(what()): \(value), and not \(expected)") }
    }
}
