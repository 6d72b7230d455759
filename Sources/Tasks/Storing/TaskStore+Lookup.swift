import Database

/// Tasks as people name them (<doc:TaskModel#Names>).
extension TaskStore {
    /// The fewest characters of an id that name a task.
    package static let shortestName = 4

    /// The task whose id is `name`, or begins with it and is the only one.
    ///
    /// - Throws: ``TaskError/notFound(_:)``, ``TaskError/tooShort(_:)``, ``TaskError/ambiguous(_:_:)``.
    package func task(named name: String) throws -> TaskRecord {
        if let task = try find(name) { return task }
        // Ids are in lower case; another program may show them otherwise.
        let start = name.lowercased()
        let length = start.unicodeScalars.count
        if start.isEmpty { throw TaskError.notFound(name) }
        let matches = try connection.ifPresent(TaskTable.name, else: []) {
            try connection.rows(
                """
                \(raw: Self.selection) WHERE SUBSTR(id, 1, \(raw: String(length))) = \(start)
                ORDER BY created_at DESC, id DESC LIMIT \(raw: String(Self.mostCandidates + 1))
                """, Self.record)
        }
        guard let first = matches.first else { throw TaskError.notFound(name) }
        if length < Self.shortestName { throw TaskError.tooShort(name) }
        if matches.count > 1 { throw TaskError.ambiguous(name, matches) }
        return first
    }

    /// How many tasks an error lists.
    static let mostCandidates = 10

    /// The task that is running.
    ///
    /// This program's own come before another program's.
    ///
    /// - Throws: ``TaskError/noneRunning(last:)``, ``TaskError/severalRunning(_:)``.
    package func runningTask() throws -> TaskRecord {
        let running = try allRunning()
        let own = running.filter { TaskType(rawValue: $0.type) != nil }
        let candidates = own.isEmpty ? running : own
        if candidates.count > 1 { throw TaskError.severalRunning(candidates) }
        if let task = candidates.first { return task }
        throw TaskError.noneRunning(last: try list(limit: 1).first)
    }

    /// The tasks that are stored as running, also those of other programs, the newest first.
    package func allRunning() throws -> [TaskRecord] {
        try connection.ifPresent(TaskTable.name, else: []) {
            try connection.rows(
                """
                \(raw: Self.selection) WHERE \(raw: TaskStatus.isRunning)
                ORDER BY created_at DESC, id DESC LIMIT 1000
                """, Self.record)
        }.filter { $0.status == .running }
    }

    /// The shortest beginning of each stored id that names it alone, with at least `least` characters; of an id that is not
    /// longer, the whole.
    package func shortNames(least: Int) throws -> [String: String] {
        let ids = try connection.ifPresent(TaskTable.name, else: []) {
            try connection.rows("SELECT id FROM pnbook_tasks ORDER BY id") { $0.text(0) ?? "" }
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var names: [String: String] = [:]
        for (index, id) in ids.enumerated() {
            // Sorted, an id has the longest beginning in common with one of its neighbours.
            let neighbours = [index > 0 ? ids[index - 1] : "", index + 1 < ids.count ? ids[index + 1] : ""]
            let common = neighbours.map { id.commonPrefix(with: $0) }.max() ?? 0
            names[id] = String(String.UnicodeScalarView(id.unicodeScalars.prefix(max(least, common + 1))))
        }
        return names
    }
}

extension String {
    /// How many scalars both begin with.
    fileprivate func commonPrefix(with other: String) -> Int {
        zip(unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.count
    }
}
