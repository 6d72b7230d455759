/// One command of a client in MariaDB's client/server protocol.
struct WireCommand: Equatable {
    /// What a command is, by its first byte.
    enum Kind: UInt8 {
        case quit = 0x01
        case chooseSchema = 0x02
        case query = 0x03
        case statistics = 0x09
        case ping = 0x0E
        case changeUser = 0x11
        case prepare = 0x16
        case execute = 0x17
        case sendLongData = 0x18
        case close = 0x19
        case resetStatement = 0x1A
        case setOption = 0x1B
        case fetch = 0x1C
        case resetConnection = 0x1F
        /// COM_STMT_BULK_EXECUTE: array binding, many rows in one command.
        case batch = 0xFA

        /// Whether the client waits for an answer.
        var isAnswered: Bool { ![.quit, .sendLongData, .close].contains(self) }

        /// Whether the command's text is SQL.
        var hasText: Bool { self == .query || self == .prepare }

        /// Whether the command names a prepared statement.
        var hasStatement: Bool { [.execute, .batch, .fetch, .resetStatement].contains(self) }
    }

    /// Nil for what is not a command: the server's greeting, and what the client says to be let in.
    let kind: Kind?
    /// The SQL, with each run of white space as one blank; else what it is.
    var text: String
    /// Bytes of the command's first packet.
    let size: Int

    static let greeting = WireCommand(kind: nil, text: "(connecting: the server's greeting)", size: 0)

    static func authentication(size: Int) -> WireCommand {
        WireCommand(kind: nil, text: "(connecting: user and password)", size: size)
    }
}
