import Foundation
import Testing

@testable import Chronology

/// The zones of the system's database, read by us and by the C library.
@Suite("The time zone database")
struct ZoneDatabaseTests {
    @Test("Every zone has the offsets that the C library's date has, on both sides of each of its changes, until 2200")
    func againstDate() throws {
        let names = Zone.allIdentifiers
        #expect(names.count > 300)
        for name in names where name != Zone.utc.identifier {
            let rules = try #require(ZoneFile.rules(named: name), "\(name)")
            // Both sides of each change, and every eleventh day of years that only a rule is for.
            var seconds = rules.changes.filter { $0.second > -4_000_000_000 }.flatMap { [$0.second - 1, $0.second] }
            seconds += stride(from: 2_000_000_000, to: 7_258_118_400, by: 86_400 * 97 + 3_601)
            #expect(try offsets(of: name, at: seconds) == seconds.map(rules.offset), "\(name)")
        }
    }

    /// Seconds east of UTC as `date` says them: of all moments in one process.
    private func offsets(of zone: String, at seconds: [Int64]) throws -> [Int64] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/date")
        process.environment = ["TZ": ":" + zone]
        process.arguments = ["-f", "-", "+%::z"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let file = input.fileHandleForWriting
        let text = seconds.map { "@\($0)\n" }.joined()
        let writer = Thread {
            try? file.write(contentsOf: Data(text.utf8))
            try? file.close()
        }
        writer.start()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
            separator: "\n")
        process.waitUntilExit()
        return lines.map { line in
            let parts = line.dropFirst().split(separator: ":").compactMap { Int64($0) }
            return (line.first == "-" ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60 + parts[2])
        }
    }

    @Test(
        "A yearly rule changes at its moments, and not a second before",
        arguments: [
            // Central Europe: the last Sunday of March, the last of October, at one in UTC.
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 3600, 7200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 7200, 3600),
            // New York's second Sunday of March; Sydney, whose summer is over at the beginning of a year.
            ("EST5EDT,M3.2.0,M11.1.0", "2040-03-11T07:00:00Z", -18_000, -14_400),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2041-04-06T16:00:00Z", 39_600, 36_000),
            // Nuuk's begins on the day before, at an hour below zero; Jerusalem's two hours after the day's end.
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2030-03-31T01:00:00Z", -7200, -3600),
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2030-03-29T00:00:00Z", 7200, 10_800),
            // By the day's number, without and with 29 February, and where a year has one.
            ("AAA0BBB,J60,J300", "2028-03-01T02:00:00Z", 0, 3600),
            ("AAA0BBB,J60,J300", "2027-03-01T02:00:00Z", 0, 3600),
            ("AAA0BBB,59,300", "2028-02-29T02:00:00Z", 0, 3600), ("AAA0BBB,59,300", "2027-03-01T02:00:00Z", 0, 3600),
            // Half an hour of summer, as on Lord Howe Island.
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2030-10-05T15:30:00Z", 37_800, 39_600),
        ])
    func yearlyRule(text: String, moment: String, before: Int64, after: Int64) throws {
        let rule = try #require(YearlyZoneRule(text))
        let second = try #require(Instant(iso8601: moment)).milliseconds / 1000
        #expect(rule.offset(at: second - 1) == before)
        #expect(rule.offset(at: second) == after)
    }

    @Test("A rule without summer never changes, and one of summer alone has it always")
    func constantRules() throws {
        let india = try #require(YearlyZoneRule("IST-5:30"))
        let summer = try #require(YearlyZoneRule("XXX3EDT4,0/0,J365/23"))
        for second in stride(from: 0 as Int64, to: 4_000_000_000, by: 86_400 * 13) {
            #expect(india.offset(at: second) == 19_800)
            #expect(summer.offset(at: second) == -14_400)
        }
    }

    @Test(
        "Any other text is no rule",
        arguments: [
            "", "CE-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
            "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<CET-1", "CET-200", "CET-1CEST,J0,J5",
            "CET-1:60",
        ])
    func noRule(text: String) {
        #expect(YearlyZoneRule(text) == nil)
    }

    @Test("A file that is cut off anywhere, or with another byte in its head, is no zone or another zone, and no trap")
    func brokenFiles() throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: ZoneFile.folder + "/Europe/Berlin")))
        #expect(ZoneFile.rules(in: bytes) != nil)
        for count in bytes.indices { #expect(ZoneFile.rules(in: Array(bytes[..<count])) == nil) }
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var broken = bytes
                broken[index] = value
                _ = ZoneFile.rules(in: broken)?.offset(at: 1_700_000_000)
            }
        }
    }

    @Test("Zones with leap seconds, and names that lead elsewhere, are none")
    func otherFiles() throws {
        for name in [
            "right/Europe/Berlin", "posix/Europe/Berlin", "../zoneinfo/Europe/Berlin", "Europe/../UTC", "/UTC",
        ] {
            #expect(Zone(identifier: name) == nil, "\(name)")
        }
        let leap = ZoneFile.folder + "/right/Europe/Berlin"
        if FileManager.default.fileExists(atPath: leap) { #expect(ZoneFile.rules(named: "right/Europe/Berlin") == nil) }
        #expect(ZoneFile.rules(named: "Europe") == nil)
        #expect(ZoneFile.rules(named: "tzdata.zi") == nil)
    }
}
