/// The parts of an answer.
extension WireConversation {
    /// Columns of a table or a view at most, as the server has it.
    private static let mostColumns: UInt64 = 4096

    mutating func checkPreparation(_ reader: inout WireReader) throws(WireFault) {
        guard try reader.byte() == 0 else { throw WireFault.malformed("a preparation that does not begin as one") }
        lastPrepared = UInt32(try reader.number(4))
        let (count, parameters) = (Int(try reader.number(2)), Int(try reader.number(2)))
        try reader.skip(1 + 2)
        guard count <= Self.mostColumns else { throw WireFault.malformed("\(count) columns") }
        guard parameters == marks else { throw WireFault.malformed("\(parameters) parameters of \(marks)") }
        columns = []
        prepared[lastPrepared] = []
        if parameters > 0 {
            step = .definitions(left: parameters, .parameters(columns: count))
        } else if count > 0 {
            step = .definitions(left: count, .prepared)
        } else {
            begin()
        }
    }

    /// The first packet of a result, or what comes in its place.
    ///
    /// - Parameter statement: the prepared one that is run; nil for a query.
    mutating func checkHead(
        _ reader: inout WireReader, _ first: UInt8, statement: UInt32?
    ) throws(WireFault) {
        if first == 0 {
            try checkOK(&reader)
            return begin()
        }
        guard let count = try reader.length() else { throw WireFault.malformed("a request for a file of this machine") }
        guard count <= Self.mostColumns else { throw WireFault.malformed("\(count) columns") }
        let hasDefinitions = mayOmitMetadata ? try reader.byte() != 0 : true
        guard reader.isAtEnd else { throw WireFault.malformed("a result that does not begin as one") }
        columns = []
        guard let statement else {
            guard hasDefinitions else { throw WireFault.malformed("columns without definitions") }
            step = .definitions(left: Int(count), .query(columns: Int(count)))
            return
        }
        // By that number the client means the statement that it has prepared last.
        let known = prepared[statement == .max ? lastPrepared : statement] ?? []
        // Of an INSERT … RETURNING the server tells the columns only when it is run.
        guard known.count == Int(count) || (known.isEmpty && hasDefinitions) else {
            throw WireFault.malformed("\(count) columns where \(known.count) were prepared")
        }
        if !hasDefinitions { columns = known }
        step = .definitions(left: hasDefinitions ? Int(count) : 0, .executed)
    }

    mutating func endDefinitions(of whose: Definitions) throws(WireFault) {
        switch whose {
        case .parameters(let count):
            columns = []
            if count > 0 { step = .definitions(left: count, .prepared) } else { begin() }
        case .prepared:
            prepared[lastPrepared] = columns
            begin()
        case .query(let count): step = .rowsAsText(columns: count)
        case .executed: step = .rows(columns)
        }
    }

    func checkDefinition(_ reader: inout WireReader) throws(WireFault) -> WireColumn {
        // Catalogue, schema, table, original table, name, original name.
        for _ in 0..<6 { try reader.text() }
        if hasExtendedMetadata { try reader.text() }
        guard try reader.byte() == 12 else { throw WireFault.malformed("a column without its type") }
        try reader.skip(2 + 4)
        let type = try reader.byte()
        try reader.skip(2 + 1 + 2)
        guard let column = WireColumn(type: type) else { throw WireFault.malformed("a column of the type \(type)") }
        return column
    }

    func checkEnd(_ packet: UnsafeRawBufferPointer) throws(WireFault) {
        guard packet.count == 5, packet[0] == 0xFE else { throw WireFault.malformed("no end where there must be one") }
        try check(status: UInt16(packet[3]) | UInt16(packet[4]) << 8)
    }

    private func check(status: UInt16) throws(WireFault) {
        if status & 0x08 != 0 { throw WireFault.malformed("a further result that was not asked for") }
        if status & 0x40 != 0 { throw WireFault.malformed("a cursor that was not asked for") }
    }

    func checkOK(_ reader: inout WireReader) throws(WireFault) {
        try reader.skip(1)
        guard try reader.length() != nil, try reader.length() != nil else {
            throw WireFault.malformed("NULL in place of a number")
        }
        let status = UInt16(try reader.number(2))
        try reader.skip(2)
        try check(status: status)
        guard tracksSession else { return }
        if reader.isAtEnd { return }
        try reader.text()
        // What has changed in the session.
        guard status & 0x4000 != 0, !reader.isAtEnd else { return }
        var items = WireReader(try reader.text())
        while !items.isAtEnd { try Self.checkChange(&items) }
    }

    private static func checkChange(_ items: inout WireReader) throws(WireFault) {
        let type = try items.byte()
        var item = WireReader(try items.text())
        switch type {
        case 0:
            // A variable and its value, which the library copies into 64 bytes for a character set.
            let name = try item.text()
            let value = try item.text()
            if "character_set_client".utf8.starts(with: name), value.count > 63 {
                throw WireFault.malformed("a character set with an endless name")
            }
        case 1, 2, 4: try item.text()
        default: return
        }
        if !item.isAtEnd { throw WireFault.malformed("a session's change that does not end where it says") }
    }
}
