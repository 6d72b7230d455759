import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `export BOOK --to -`: a book into a pipe.
@Suite("export to standard output")
struct ExportStreamTests {
    private static let outputs = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]

    @Test("Standard output gets what a file would, and standard error the report", arguments: TestEngine.allCases)
    func same(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        try database.succeed("create", "--migrate", "--quiet")
        let folder = try ScratchFolder()
        for format in ["csv", "ndjson", "xlsx"] {
            let file = folder.path + "/book." + format
            try database.succeed("export", "active", "--to", file)
            let expected = try Data(contentsOf: URL(fileURLWithPath: file))
            for (number, output) in Self.outputs.enumerated() where number == 0 || format == "xlsx" {
                let copy = try folder.write("", to: "copy")
                let result = try database.pnbook(
                    ["export", "active", "--to", output, "--format", format], to: .file(copy))
                #expect(result.code == 0, "\(result.stderr)")
                #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == expected, "\(output) as \(format)")
                #expect(result.stderr.contains("is written to standard output: 546 items, "), "\(result.stderr)")
            }
        }
        let quiet = try database.succeed("export", "active", "--to", "-", "--format", "csv", "--plain", "--quiet")
        #expect(quiet.stderr == "" && quiet.stdout.hasPrefix("partnumber,"))
    }

    @Test("What does not go together is a typing error")
    func usage() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        for (arguments, words) in [
            (["--to", "-"], "--to - needs --format csv, ndjson or xlsx"),
            (["--to", "/dev/stdout"], "--to /dev/stdout needs --format"),
            (["--to", "-", "--format", "db"], "cannot be written to standard output"),
            (["--to", "-", "--format", "csv", "--json"], "would both print to standard output"),
            (["--to", "-", "--format", "csv", "--replace"], "--replace is for files"),
            (["--to", "-", "--format", "xlsx", "--plain"], "--plain is for .csv files"),
            (["--to", "a.csv", "--format", "xlsx"], "ends in .csv, and --format says xlsx"),
            (["--to", "a.txt"], "for another ending add --format"),
            (["--to", "-", "--format", "ods"], "format"),
        ] {
            try database.pnbook(["export", "active"] + arguments).expectRefusal(64, saying: words)
        }
        #expect(
            try database.pnbook("export", "active", "--to", database.folder + "/a.txt", "--format", "csv").code == 0)
    }

    @Test("A workbook is not for a terminal, a text is")
    func terminal() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        let run = { (format: String) in
            var program = RunProgram(
                ["export", "active", "--to", "-", "--format", format, "--database", try database.url])
            program.isOnTerminal = true
            return try program.run()
        }
        let workbook = try run("xlsx")
        #expect(workbook.code == 64 && workbook.said.contains("is not for a terminal"), "\(workbook.said)")
        #expect(!workbook.said.contains("PK"))
        let text = try run("csv")
        #expect(text.code == 0 && text.said.contains("PN-2,LOT-2"), "\(text.said)")
    }

    @Test("A reader that has gone, and a full disk, are failures of output", arguments: ["csv", "ndjson", "xlsx"])
    func broken(format: String) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        let arguments = ["export", "active", "--to", "-", "--format", format]
        for (destination, words) in [
            (RunProgram.Destination.file("/dev/full"), "No space left on device"), (.closedPipe, "Broken pipe"),
        ] {
            let result = try database.pnbook(arguments, to: destination)
            #expect(result.code == 74)
            #expect(result.stderr == "pnbook: cannot write to standard output: \(words)\n")
        }
    }

    @Test("Of a book that is not whole nothing is written", arguments: TestEngine.allCases)
    func notWhole(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.run("UPDATE qt_partnumber_book_items SET lot_name = 'other' WHERE partnumber = 'PN-5'")
        for format in ["csv", "ndjson", "xlsx"] {
            let result = try database.pnbook("export", "1", "--to", "-", "--format", format)
            #expect(result.code == 14 && result.stdout == "", "\(result.stderr)")
            #expect(result.stderr.contains("nothing was written"))
        }
    }
}
