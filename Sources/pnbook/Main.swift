import PnbookCLI

/// The installed program: the command line of `PnbookCLI`, as it is.
@main
enum Main {
    static func main() {
        CommandLineProgram.main()
    }
}
