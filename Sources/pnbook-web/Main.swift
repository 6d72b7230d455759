import PnbookWeb

/// The page's server (<doc:Contributing#Layout>): parse, run, exit.
@main
enum Main {
    static func main() {
        PnbookWebProgram.main(files: Page.files)
    }
}
