import FoundationEssentials

/// A compiled zone of the time zone database, as `zic` writes it (RFC 9636).
struct ZoneFile {
    private var rest: ArraySlice<UInt8>

    /// Where the system has its zones. Nobody but an administrator writes there.
    static let folder = "/usr/share/zoneinfo"

    /// A zone's rules; nil where the folder has no such zone, or its file is no zone.
    ///
    /// - Parameter name: letters, digits, `_`, `+`, `-` and `/`, so that it leads nowhere else.
    static func rules(named name: String, in folder: String = Self.folder) -> ZoneRules? {
        guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
        return rules(in: Array(bytes))
    }

    /// Nil for bytes that are no zone, and for a zone with leap seconds, by whose clock no database reckons.
    static func rules(in bytes: [UInt8]) -> ZoneRules? {
        var file = ZoneFile(rest: bytes[...])
        // First the form of 1986, whose seconds have 32 bits; what comes after it says the same and more.
        guard let old = file.header(), file.skip(old.size(ofSecond: 4)), old.version >= UInt8(ascii: "2"),
            let header = file.header(), header.leapSeconds == 0, header.types > 0
        else { return nil }
        guard let seconds = file.numbers(header.changes, bytes: 8), let indices = file.take(header.changes),
            let types = file.take(6 * header.types),
            file.skip(header.abbreviations + header.standardIndicators + header.universalIndicators)
        else { return nil }
        let offsets = (0..<header.types).map { type in
            number(types[types.startIndex + 6 * type..<types.startIndex + 6 * type + 4])
        }
        guard indices.allSatisfy({ Int($0) < offsets.count }),
            zip(seconds, seconds.dropFirst()).allSatisfy({ $0 < $1 }),
            let rule = file.footer()
        else { return nil }
        var yearly: YearlyZoneRule?
        if !rule.isEmpty {
            guard let known = YearlyZoneRule(rule) else { return nil }
            yearly = known
        }
        return ZoneRules(
            initialOffset: offsets[0],
            changes: zip(seconds, indices).map { ZoneRules.Change(second: $0, offset: offsets[Int($1)]) },
            yearly: yearly)
    }

    private struct Header {
        let version: UInt8
        let universalIndicators: Int
        let standardIndicators: Int
        let leapSeconds: Int
        let changes: Int
        let types: Int
        let abbreviations: Int

        func size(ofSecond bytes: Int) -> Int {
            changes * (bytes + 1) + types * 6 + abbreviations + leapSeconds * (bytes + 4) + standardIndicators
                + universalIndicators
        }
    }

    private mutating func header() -> Header? {
        guard let magic = take(4), magic.elementsEqual("TZif".utf8), let version = take(1)?.first, skip(15),
            let counts = numbers(6, bytes: 4)?.map(Int.init),
            // More than any zone has, and few enough to reckon with.
            counts.allSatisfy({ (0...1_000_000).contains($0) })
        else { return nil }
        return Header(
            version: version, universalIndicators: counts[0], standardIndicators: counts[1], leapSeconds: counts[2],
            changes: counts[3], types: counts[4], abbreviations: counts[5])
    }

    /// The rule for the years after the last change, between two line breaks.
    private mutating func footer() -> String? {
        guard take(1)?.first == UInt8(ascii: "\n"), let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    // MARK: Bytes

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    private mutating func numbers(_ count: Int, bytes: Int) -> [Int64]? {
        guard let taken = take(count * bytes) else { return nil }
        return (0..<count).map { index in
            let start = taken.startIndex + index * bytes
            return Self.number(taken[start..<start + bytes])
        }
    }

    /// Big-endian, in two's complement.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        let value = bytes.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        let unused = 64 - 8 * bytes.count
        return Int64(bitPattern: value << UInt64(unused)) >> Int64(unused)
    }
}
