@testable import Migrations

/// Scripts of migrations: cut as a second reader cuts them, cut again the same, and with one checksum whatever their line ends.
extension FuzzKind {
    static let script = FuzzKind("script") { input in
        let text = input.text
        let statements = SQLScript.statements(in: text)
        Finding.unlessSame(
            statements.map { Array($0.utf8) }, NaiveScript(text).statements.map { Array($0.utf8) }, "the statements")
        Finding.unless(statements.allSatisfy { !$0.utf8.isEmpty }, "an empty statement")

        // Without steps, whose objects the program knows.
        let bare = text.replacing("-- step: ", with: "-- ").replacing("\r", with: "")
        let migration = { Migration(number: 1, name: "fuzz", text: $0) }
        let checksum = migration(bare).checksum
        Finding.unlessSame(migration(bare.replacing("\n", with: "\r\n")).checksum, checksum, "CR LF for LF")
        if !bare.unicodeScalars.starts(with: ["\u{FEFF}"]) {
            Finding.unlessSame(migration("\u{FEFF}" + bare).checksum, checksum, "with a byte order mark")
        }
    }
}
