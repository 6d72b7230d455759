import CLibFuzzer
import Foundation

/// `pnbook-fuzz KIND [ARGUMENT OF libFuzzer …]`: fuzzes one kind of input in this process; Tests/fuzz runs it.
@main
enum FuzzMain {
    /// Set before the first input; the engine's callback has no room for it.
    nonisolated(unsafe) private static var kind = FuzzKind.all[0]

    static func main() {
        guard let kind = FuzzKind.all.first(where: { $0.name == CommandLine.arguments.dropFirst().first }) else {
            print(FuzzKind.all.map(\.name).joined(separator: "\n"))
            exit(CommandLine.arguments.count == 1 ? 0 : 64)
        }
        Self.kind = kind
        Finding.kind = kind.name
        // The engine takes all but the kind.
        let arguments = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
        var pointers = arguments.map { strdup($0) } + [nil]
        var count = Int32(arguments.count)
        let status = pointers.withUnsafeMutableBufferPointer { pointers in
            var start = pointers.baseAddress
            return LLVMFuzzerRunDriver(&count, &start) { bytes, count in
                FuzzMain.look(at: UnsafeRawBufferPointer(start: bytes, count: count))
                return 0
            }
        }
        exit(status)
    }

    private static func look(at bytes: UnsafeRawBufferPointer) {
        do {
            try kind.check(FuzzInput(bytes))
        } catch {
            Finding.report("an error that nothing expects: \(error)")
        }
    }
}
