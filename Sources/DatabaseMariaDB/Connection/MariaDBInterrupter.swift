import Database

/// Stops a statement by KILL QUERY on a connection of its own: the busy one takes no commands.
struct MariaDBInterrupter: Interrupter {
    let options: MariaDBOptions
    let connectionID: Int64

    func interrupt() throws {
        var options = options
        options.connectTimeout = 3
        // It is because the run is to end that it is stopped.
        options.proceed = {}
        let connection = try MariaDBConnection(options)
        defer { connection.close() }
        try connection.execute("KILL QUERY \(raw: String(connectionID))")
    }
}
