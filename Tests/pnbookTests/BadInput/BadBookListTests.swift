import Foundation
import Harness
import Testing

/// Bad input: the policy and the list of books of `simulate`. Each message names the place.
@Suite("Bad input: simulate")
struct BadBookListTests {
    private static func simulate(_ arguments: [String], input: String? = nil) throws -> ProgramResult {
        var program = RunProgram(["simulate"] + arguments)
        program.input = input
        return try program.run()
    }

    private static let good = #"{"id": 1, "created_at": "2026-11-20T03:00:00Z", "is_active": true}"#

    @Test(
        "A book that makes no sense exits 65 with its number",
        arguments: [
            (#"{"created_at": "2026-11-20T03:00:00Z", "is_active": false}"#, "id is missing"),
            (#"{"id": 2, "is_active": false}"#, "created_at is missing"),
            (#"{"id": 2, "created_at": "2026-11-20T03:00:00Z"}"#, "is_active is missing"),
            (#"{"id": 1, "created_at": "2026-11-19T03:00:00Z", "is_active": false}"#, "id 1 is that of book 1, too"),
            (#"{"id": 2, "created_at": "2026-11-19T03:00:00Z", "is_active": true}"#, "is active, and so is book 1"),
            (#"{"id": "2", "created_at": "2026-11-19T03:00:00Z", "is_active": false}"#, "id must be a whole number"),
            (#"{"id": 2.5, "created_at": "2026-11-19T03:00:00Z", "is_active": false}"#, "id must be a whole number"),
            (#"{"id": 9223372036854775808, "created_at": "2026-11-19T03:00:00Z", "is_active": false}"#, "whole number"),
            (#"{"id": null, "created_at": "2026-11-19T03:00:00Z", "is_active": false}"#, "id must be a whole number"),
            (#"{"id": 2, "created_at": "2026-11-19T03:00:00Z", "is_active": 0}"#, "is_active must be true or false"),
            (#"{"id": 2, "created_at": "2026-11-19T03:00:00Z", "is_active": "no"}"#, "is_active must be true or false"),
            (#"{"id": 2, "created_at": 1763604000, "is_active": false}"#, "created_at must be a date and time"),
            (#"{"id": 2, "created_at": "2026-11-19", "is_active": false}"#, "created_at must be a date and time"),
            (#"{"id": 2, "created_at": "2026-11-19 03:00:00", "is_active": false}"#, "with a zone"),
            (#"{"id": 2, "created_at": "2026-02-30T03:00:00Z", "is_active": false}"#, "created_at must be"),
            (#"{"id": 2, "created_at": "1969-12-31T23:59:59Z", "is_active": false}"#, "created_at must be"),
            ("7", "is not an object"), ("[]", "is not an object"),
        ])
    func badBook(book: String, problem: String) throws {
        let list = "[\(Self.good), \(book)]"
        try Self.simulate(["--books", "-"], input: list)
            .expectRefusal(65, saying: "standard input, book 2: ", problem)
        let folder = try ScratchFolder()
        let file = try folder.write(list, to: "books.json")
        try Self.simulate(["--books", file, "--json"]).expectRefusal(65, saying: "\(file), book 2: ", problem)
    }

    @Test(
        "What is no JSON, or no list, exits 65",
        arguments: [
            ("", "is not JSON: it ends too early, after character 0"),
            ("nonsense", "is not JSON: a value is expected at character 1"),
            ("[\(good)", "is not JSON: it ends too early, after character 67"),
            ("[\(good)] x", "is not JSON: there is more after the end, from character 70"),
            ("[\(good),]", "is not JSON: comma before a bracket at character 68"),
            (#"[{"id": 1, }]"#, "is not JSON: comma before a bracket at character 10"),
            ("null", "is not a list of books"), ("7", "is not a list of books"), ("{}", "is not a list of books"),
            (good, "is not a list of books"), (#"{"books": 7}"#, "is not a list of books"),
        ])
    func noList(text: String, problem: String) throws {
        try Self.simulate(["--books", "-"], input: text).expectRefusal(65, saying: "standard input \(problem)")
    }

    @Test("Bytes that could be UTF-16 exit 65 as any text that is not JSON")
    func notUTF8() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(Data([0x32, 0, 0xE8]), to: "books.json")
        try Self.simulate(["--books", file]).expectRefusal(65, saying: "\(file) is not JSON: ")
    }

    @Test("A file that is not there or is none exits 65 and is named")
    func unreadable() throws {
        let folder = try ScratchFolder()
        try Self.simulate(["--books", folder.path + "/none.json"])
            .expectRefusal(65, saying: "cannot read \(folder.path)/none.json: No such file or directory")
        try Self.simulate(["--books", folder.path])
            .expectRefusal(65, saying: "cannot read \(folder.path): Is a directory")
    }

    @Test("A policy of zeros exits 65, a negative count 64")
    func policy() throws {
        try Self.simulate(["--keep-daily", "0", "--keep-weekly", "0", "--keep-monthly", "0", "--keep-yearly", "0"])
            .expectRefusal(65, saying: "the retention policy keeps nothing")
        for tier in ["daily", "weekly", "monthly", "yearly"] {
            for arguments in [["--keep-\(tier)", "-1"], ["--keep-\(tier)=-1"]] {
                try Self.simulate(arguments).expectRefusal(64, saying: "--keep-\(tier) -1", "zero or more")
            }
            try Self.simulate(["--keep-\(tier)", "many"]).expectRefusal(64, saying: "--keep-\(tier)")
        }
    }

    @Test(
        "Flags that make no sense exit 64",
        arguments: [
            (["--years", "0"], "--years 0 is not between 1 and 100"), (["--years", "-1"], "--years -1"),
            (["--years", "101"], "--years 101"), (["--every", "0d"], "--every '0d'"),
            (["--every", "7"], "--every '7'"),
            (["--every", "d"], "--every 'd'"), (["--every", ""], "--every ''"), (["--every", "1h"], "7d or 2w"),
            (["--every", "99999999999999999999d"], "--every"), (["--every", "+1d"], "--every"),
            (["--books", "-", "--years", "3"], "leave out --years and --every"),
            (["--books", "-", "--every", "1d"], "leave out --years and --every"),
            (["--json", "--calendar"], "--calendar draws for people; leave out --json"),
        ])
    func flags(arguments: [String], problem: String) throws {
        try Self.simulate(arguments, input: "[]").expectRefusal(64, saying: problem)
    }
}
