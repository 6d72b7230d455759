import Database

extension MariaDBConnection {
    /// How deep views are followed; deeper ones are presumed safe, because reading them still works.
    private static let viewDepth = 8

    /// Tables that a view reads, through other views, whose engine knows no snapshot.
    ///
    /// A view's definition is only shown to users with the right to see it (SHOW VIEW): without it nothing is found.
    func tablesWithoutSnapshots(below view: String) throws -> [UnsafeTable] {
        let schema = try textRows("SELECT DATABASE()").first?.first ?? nil
        var views = [QualifiedName(schema: schema ?? "", name: view)]
        var seen = Set(views)
        var found: [UnsafeTable] = []
        for _ in 0..<Self.viewDepth where !views.isEmpty {
            var next: [QualifiedName] = []
            for view in views {
                let definition = try first(
                    """
                    SELECT view_definition FROM information_schema.views
                    WHERE table_schema = \(view.schema) AND table_name = \(view.name)
                    """
                ) { $0.text(0) ?? "" }
                next += QualifiedName.all(in: definition ?? "").filter { seen.insert($0).inserted }
            }
            views = []
            for name in next {
                let type = try first(
                    """
                    SELECT t.table_type, t.engine, e.transactions FROM information_schema.tables t
                        LEFT JOIN information_schema.engines e ON e.engine = t.engine
                    WHERE t.table_schema = \(name.schema) AND t.table_name = \(name.name)
                    """
                ) { (type: $0.text(0) ?? "", engine: $0.text(1) ?? "", hasTransactions: $0.text(2) == "YES") }
                guard let type else { continue }
                if type.type == "VIEW" {
                    views.append(name)
                } else if !type.hasTransactions {
                    found.append(UnsafeTable(name: name.quoted, engine: type.engine))
                }
            }
        }
        return found
    }
}

/// A table's name with its schema.
private struct QualifiedName: Hashable {
    let schema: String
    let name: String

    var quoted: String { ("\(identifier: schema).\(identifier: name)" as SQL).text }

    /// Each `` `a`.`b` `` in a view's definition: its tables, and columns behind a table's alias, which name no table.
    static func all(in definition: String) -> [QualifiedName] {
        var names: [QualifiedName] = []
        var previous: String?
        // By bytes: a quote and an accent behind it are one character to Swift.
        var rest = Array(definition.utf8)[...]
        while let start = rest.firstIndex(where: { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "'") }) {
            let isDotted = rest[..<start].elementsEqual(".".utf8)
            let quote = rest[start]
            rest = rest[(start + 1)...]
            let word = quoted(by: quote, &rest)
            if quote == UInt8(ascii: "'") {
                previous = nil
            } else {
                if isDotted, let previous { names.append(QualifiedName(schema: previous, name: word)) }
                previous = word
            }
        }
        return names
    }

    /// The text up to the closing quote, which is taken as well; a doubled quote is one quote.
    private static func quoted(by quote: UInt8, _ rest: inout ArraySlice<UInt8>) -> String {
        var word: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == quote {
                guard rest.first == quote else { break }
                rest.removeFirst()
            }
            word.append(byte)
        }
        return String(decoding: word, as: UTF8.self)
    }
}
