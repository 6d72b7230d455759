import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: a program started without standard input, output or errors. What is opened next must not get their numbers:
/// words for people would go into a database.
@Suite("Bad input: closed streams")
struct ClosedStreamsTests {
    /// Every choice of descriptors that leaves output open.
    private static let choices: [[Int32]] = [[0], [2], [0, 2]]

    @Test("Whatever is closed, verbs that work do their work", arguments: TestEngine.allCases, choices)
    func work(engine: TestEngine, closed: [Int32]) throws {
        let database = try TestDatabase(engine)
        let folder = try ScratchFolder()
        let catalogue = try folder.writeCatalogue(Catalogues.plain(parts: 3))
        for verb in [
            ["load", catalogue], ["migrate", "up"], ["create", "--progress", "plain"], ["create"], ["verify"],
            ["doctor"],
            ["load", catalogue, "--replace"],
        ] {
            let result = try Self.run(verb, on: database, closed)
            #expect(result.code == 0, "\(verb): \(result.stdout)")
            #expect(result.stdout.count > 1, "\(verb)")
        }
        // The second of a day, and the one that was active before.
        #expect(try database.books().count == 2)
        let check = try database.pnbook("verify")
        #expect(check.code == 0, "\(check.stdout)")
    }

    @Test("Closed output is an error before the work, whatever else is closed", arguments: TestEngine.allCases)
    func output(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        for closed in [[1], [0, 1], [1, 2], [0, 1, 2]] as [[Int32]] {
            let result = try database.expectUntouched { try Self.run(["create"], on: database, closed) }
            #expect(result.code == 74, "\(closed): \(result.stderr)")
            if !closed.contains(2) {
                #expect(result.stderr == "pnbook: cannot write to standard output: Bad file descriptor\n")
            }
            #expect(try Self.run(["list"], on: database, closed).code == 74)
        }
    }

    @Test("Programs that are started have all three", arguments: choices)
    func children(closed: [Int32]) throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 1))
        let folder = try ScratchFolder()
        let seen = folder.path + "/seen"
        let command =
            "for d in 0 1 2; do if [ -e /proc/self/fd/$d ]; then echo $d; fi; done > \(seen); echo oops >&2; echo secret"
        let result = try Self.run(["list", "--password-command", command], on: database, closed)
        // Whom the password does not fit has run the command all the same.
        #expect([0, 77].contains(result.code), "\(result.stderr)")
        #expect(try String(contentsOfFile: seen, encoding: .utf8) == "0\n1\n2\n")
    }

    private static func run(
        _ verb: [String], on database: TestDatabase, _ closed: [Int32]
    ) throws -> ProgramResult {
        var program = RunProgram(verb + ["--database", try database.url])
        program.closed = closed
        return try program.run()
    }
}
