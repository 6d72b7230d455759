/// The round trips of one run of the program, added up.
struct RoundTripTally {
    /// How often one statement was waited for.
    struct Waits {
        var trips = 0
        var preparations = 0
    }

    /// Round trips of each connection, in the order of their opening.
    let connections: [Int]
    let batches: Int
    let preparations: Int
    /// Bytes of the largest batch's first packet.
    let largestBatch: Int
    /// Waits by the text of the statements that were sent together.
    let statements: [String: Waits]

    init(_ conversations: [Conversation]) {
        connections = conversations.map(\.trips.count)
        let trips = conversations.flatMap(\.trips)
        batches = trips.count(where: \.isBatch)
        let commands = trips.flatMap(\.commands)
        preparations = commands.count { $0.kind == .prepare }
        largestBatch = commands.lazy.filter { $0.kind == .batch }.map(\.size).max() ?? 0
        var statements: [String: Waits] = [:]
        for trip in trips {
            // Preparing and executing in one go names the same text twice.
            var texts: [String] = []
            for command in trip.commands where texts.last != command.text { texts.append(command.text) }
            var waits = statements[texts.joined(separator: "; ")] ?? Waits()
            waits.trips += 1
            waits.preparations += trip.commands.count { $0.kind == .prepare }
            statements[texts.joined(separator: "; ")] = waits
        }
        self.statements = statements
    }

    var trips: Int { connections.reduce(0, +) }
}
