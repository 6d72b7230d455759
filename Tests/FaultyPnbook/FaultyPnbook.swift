import PnbookCLI

/// The program with connections that can be made to fail, for the tests; what is installed has no such thing.
@main
enum FaultyPnbook {
    static func main() {
        CommandLineProgram.main(wrapConnection: FaultInjection.wrapping)
    }
}
