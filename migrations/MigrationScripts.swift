/// The frozen text of the migrations, from the files beside this one, compiled into the program.
package enum MigrationScripts {
    /// Number, name and the text for each engine.
    package struct Script: Sendable {
        package let number: Int
        package let name: String
        package let mariadb: String
        package let sqlite: String
    }

    /// All migrations in the order of their numbers.
    package static let all: [Script] = [
        Script(
            number: 26, name: "partnumber_books",
            mariadb: text(PackageResources._26_partnumber_books_mariadb_sql),
            sqlite: text(PackageResources._26_partnumber_books_sqlite_sql)),
        Script(
            number: 27, name: "widen_book_version",
            mariadb: text(PackageResources._27_widen_book_version_mariadb_sql),
            sqlite: text(PackageResources._27_widen_book_version_sqlite_sql)),
        Script(
            number: 28, name: "item_description",
            mariadb: text(PackageResources._28_item_description_mariadb_sql),
            sqlite: text(PackageResources._28_item_description_sqlite_sql)),
    ]

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
