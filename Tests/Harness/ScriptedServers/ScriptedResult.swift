/// What a prepared statement returns.
package struct ScriptedResult: Sendable {
    /// Column definitions as ``WirePacket/column(_:type:displayLength:flags:characterSet:)`` makes them.
    package var columns: [[UInt8]]
    package var rows: [[UInt8]]

    package init(columns: [[UInt8]], rows: [[UInt8]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The answer to COM_STMT_PREPARE.
    ///
    /// - Parameter statement: its marks are the parameters.
    package func preparation(of statement: String) -> ScriptedServer.Reply {
        let marks = statement.utf8.count { $0 == UInt8(ascii: "?") }
        var packets = [WirePacket.prepared(columns: UInt16(columns.count), parameters: UInt16(marks))]
        if marks > 0 { packets += Array(repeating: WirePacket.column("?"), count: marks) + [WirePacket.end] }
        if !columns.isEmpty { packets += columns + [WirePacket.end] }
        return .packets(packets)
    }

    /// The answer to COM_STMT_EXECUTE, up to the rows.
    package var head: [[UInt8]] { [WirePacket.length(UInt64(columns.count))] + columns + [WirePacket.end] }

    /// The answer to COM_STMT_EXECUTE.
    package var execution: ScriptedServer.Reply { .packets(head + rows + [WirePacket.end]) }

    /// The answer to either; OK for anything else.
    package func reply(to command: ScriptedServer.Command) -> ScriptedServer.Reply {
        switch command {
        case .prepare(let statement): preparation(of: statement)
        case .execute: execution
        case .query, .other: .packets([WirePacket.ok()])
        }
    }
}

extension ScriptedServer {
    /// A server for fuzzing: opens sessions as a real one does, and answers the first statement that is prepared on each with
    /// `bytes` and the end of the connection.
    ///
    /// A client sends the preparation and the execution of a statement together, so the bytes are what answers both: framed
    /// packets, or anything else.
    ///
    /// - Parameter bytes: is given the client's number, counted from 0.
    package static func feeding(
        at socket: String? = nil, _ bytes: @escaping @Sendable (_ client: Int) -> [UInt8]
    ) throws -> ScriptedServer {
        try withSessions(at: socket) { _, client in .raw(bytes(client)) }
    }

    /// The packets' bytes, each framed and counted from 1 on for each answer: a well-formed start for fuzzing.
    package static func bytes(answering statement: String, with result: ScriptedResult) -> [UInt8] {
        [result.preparation(of: statement), result.execution].flatMap { reply -> [UInt8] in
            guard case .packets(let payloads) = reply else { return [] }
            return payloads.enumerated().flatMap { WirePacket.framed($1, number: UInt8(truncatingIfNeeded: $0 + 1)) }
        }
    }
}
