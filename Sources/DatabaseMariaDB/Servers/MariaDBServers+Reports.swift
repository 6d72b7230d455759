package import Database
import ErrorModel

extension MariaDBServers {
    /// Looks at every server, in their order and each for seconds, whatever state it is in.
    package func reports(_ options: MariaDBOptions) -> [ServerReport] {
        location.hosts.flatMap { host in
            let candidates: [ServerCandidate]
            do {
                candidates = try self.candidates(of: host, Self.hasty(options))
            } catch {
                return [ServerReport(label: host.label, answer: .failure(failure(error, host)))]
            }
            return candidates.map { candidate in
                do {
                    let connection = try open(candidate, Self.hasty(options))
                    defer { connection.close() }
                    return ServerReport(label: candidate.label, answer: .success(try Self.answer(of: connection)))
                } catch {
                    return ServerReport(label: candidate.label, answer: .failure(failure(error, host)))
                }
            }
        }
    }

    private static func answer(of connection: MariaDBConnection) throws -> ServerReport.Answer {
        let cluster = try ClusterState(of: connection)
        let row = try connection.textRows(
            connection.withoutWaiting(
                "SELECT VERSION(), \(cluster == nil ? "@@hostname" : "@@wsrep_node_name")")
        ).first
        return ServerReport.Answer(
            version: row?.first?.flatMap(\.self) ?? "?", name: row?.last?.flatMap(\.self) ?? "?",
            cluster: cluster?.report, waitingWriteSets: cluster?.waitingWriteSets ?? 0,
            isReadOnly: connection.isReadOnly, replication: try connection.replication())
    }

    private func failure(_ error: any Error, _ host: MariaDBHost) -> DatabaseError {
        error as? DatabaseError
            ?? DatabaseError(
                kind: .other, engine: .mariadb, code: 0, message: .init(of: error),
                place: location.on(host).description)
    }
}
