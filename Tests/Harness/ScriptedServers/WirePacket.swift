/// Payloads of MariaDB's protocol, as a server sends them.
package enum WirePacket {
    /// Column types by their number in the protocol.
    package enum ColumnType: UInt8, CaseIterable, Sendable {
        case decimal = 0
        case tiny = 1
        case short = 2
        case long = 3
        case float = 4
        case double = 5
        case null = 6
        case timestamp = 7
        case longLong = 8
        case int24 = 9
        case date = 10
        case time = 11
        case dateTime = 12
        case year = 13
        case varchar = 15
        case bit = 16
        case json = 245
        case newDecimal = 246
        case `enum` = 247
        case set = 248
        case tinyBlob = 249
        case mediumBlob = 250
        case longBlob = 251
        case blob = 252
        case varString = 253
        case string = 254
        case geometry = 255
    }

    /// A payload behind its header: three bytes of length, one that counts.
    package static func framed(_ payload: [UInt8], number: UInt8) -> [UInt8] {
        bytes(of: UInt32(payload.count)).prefix(3) + [number] + payload
    }

    /// The first packet of protocol 10.
    ///
    /// - Parameters:
    ///   - offersTLS: whether CLIENT_SSL is among the capabilities.
    ///   - plugin: the plugin that the server proposes.
    package static func greeting(
        version: String = "5.5.5-10.11.6-MariaDB", offersTLS: Bool = false, plugin: String = "mysql_native_password"
    ) -> [UInt8] {
        var payload: [UInt8] = [10]
        payload += Array(version.utf8) + [0]
        payload += bytes(of: UInt32(42))
        payload += Array("saltsalt".utf8) + [0]
        // Everything of the lower half but CLIENT_MYSQL, which a MariaDB leaves out, and CLIENT_SSL.
        payload += bytes(of: UInt16(offersTLS ? 0xFFFE : 0xF7FE))
        payload += [45] + bytes(of: UInt16(2))
        // MULTI_RESULTS, PS_MULTI_RESULTS, PLUGIN_AUTH, CONNECT_ATTRS, PLUGIN_AUTH_LENENC_CLIENT_DATA.
        payload += bytes(of: UInt16(0x003E))
        payload += [21] + [UInt8](repeating: 0, count: 10)
        payload += Array("moresaltsalt".utf8) + [0]
        return payload + Array(plugin.utf8) + [0]
    }

    /// - Parameter info: anything that goes on behind the warnings.
    package static func ok(
        affectedRows: UInt64 = 0, insertID: UInt64 = 0, status: UInt16 = 2, warnings: UInt16 = 0, info: [UInt8] = []
    ) -> [UInt8] {
        [0] + length(affectedRows) + length(insertID) + bytes(of: status) + bytes(of: warnings) + info
    }

    package static func error(_ code: UInt16, _ message: [UInt8]) -> [UInt8] {
        [0xFF] + bytes(of: code) + Array("#HY000".utf8) + message
    }

    /// Ends columns, parameters and rows.
    package static let end: [UInt8] = [0xFE, 0, 0, 2, 0]

    /// Asks the client to log in by another plugin.
    package static func authSwitch(to plugin: String, data: [UInt8] = Array("saltsaltmoresaltsalt".utf8) + [0])
        -> [UInt8]
    {
        [0xFE] + Array(plugin.utf8) + [0] + data
    }

    /// - Parameter displayLength: how long a value is at most, as the server says it.
    package static func column(
        _ name: String = "c", type: UInt8 = ColumnType.varString.rawValue, displayLength: UInt32 = 1000,
        flags: UInt16 = 0, characterSet: UInt16 = 45
    ) -> [UInt8] {
        var payload = text("def") + text("") + text("") + text("") + text(name) + text(name)
        payload += [12] + bytes(of: characterSet) + bytes(of: displayLength)
        return payload + [type] + bytes(of: flags) + [0, 0, 0]
    }

    /// The answer to COM_STMT_PREPARE.
    package static func prepared(columns: UInt16, parameters: UInt16) -> [UInt8] {
        [0] + bytes(of: UInt32(1)) + bytes(of: columns) + bytes(of: parameters) + [0, 0, 0]
    }

    /// A row of a plain query: each value as text, nil for NULL.
    package static func textRow(_ values: [String?]) -> [UInt8] {
        values.flatMap { $0.map(text) ?? [0xFB] }
    }

    /// A row of a prepared statement without NULLs.
    ///
    /// - Parameters:
    ///   - values: the columns' values as the protocol has them.
    ///   - columns: how many columns the row is for.
    package static func binaryRow(_ values: [UInt8], columns: Int) -> [UInt8] {
        [0] + [UInt8](repeating: 0, count: (columns + 9) / 8) + values
    }

    // MARK: Parts

    /// A text behind its length.
    package static func text(_ text: String) -> [UInt8] { length(UInt64(text.utf8.count)) + Array(text.utf8) }

    /// A length, or another number, in the fewest bytes.
    package static func length(_ number: UInt64) -> [UInt8] {
        switch number {
        case ..<251: [UInt8(number)]
        case ..<0x1_0000: [0xFC] + bytes(of: UInt16(number))
        case ..<0x100_0000: [0xFD] + bytes(of: UInt32(number)).prefix(3)
        default: [0xFE] + bytes(of: number)
        }
    }

    /// The lowest byte first.
    package static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
