// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors in our own targets; the rest are the upcoming features that make imports and
// existentials say what they are.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "pnbook",
    products: [.executable(name: "pnbook", targets: ["pnbook"])],
    dependencies: [
        // Flags, help texts, completions and the man page.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Log lines on stderr, with levels.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // SHA-256 for digests, checksums and plan hashes.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // SQLite: opening, configuration, busy handling, statements.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "pnbook",
            dependencies: [
                "Chronology", "Database", "DatabaseMariaDB", "DatabaseSQLite", "Migrations", "MigrationScripts",
                "PartnumberBooks", "Retention", "Tasks", argumentParser, logging,
            ],
            swiftSettings: house),
        .target(
            name: "PartnumberBooks",
            dependencies: ["Chronology", "Database", "Retention", "Tasks", crypto],
            swiftSettings: house),
        .target(name: "Retention", dependencies: ["Chronology"], swiftSettings: house),
        .target(name: "Tasks", dependencies: ["Chronology", "Database"], swiftSettings: house),
        .target(name: "Migrations", dependencies: ["Chronology", "Database", crypto], swiftSettings: house),
        .target(
            name: "MigrationScripts",
            path: "migrations",
            resources: [
                .embedInCode("026_partnumber_books.mariadb.sql"),
                .embedInCode("026_partnumber_books.sqlite.sql"),
                .embedInCode("027_widen_book_version.mariadb.sql"),
                .embedInCode("027_widen_book_version.sqlite.sql"),
                .embedInCode("028_item_description.mariadb.sql"),
                .embedInCode("028_item_description.sqlite.sql"),
            ],
            swiftSettings: house),
        .target(name: "Chronology", swiftSettings: house),
        .target(name: "Database", swiftSettings: house),
        .target(name: "DatabaseSQLite", dependencies: ["Database", grdb, grdbSQLite], swiftSettings: house),
        .target(name: "DatabaseMariaDB", dependencies: ["CMariaDB", "Database"], swiftSettings: house),
        .testTarget(name: "ChronologyTests", dependencies: ["Chronology"], swiftSettings: house),
        .testTarget(
            name: "RetentionTests", dependencies: ["Chronology", "Harness", "Retention"], swiftSettings: house),
        .testTarget(
            name: "DatabaseTests",
            dependencies: ["Database", "DatabaseMariaDB", "DatabaseSQLite", "Harness", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "MigrationsTests",
            dependencies: [
                "Chronology", "Database", "Migrations", "MigrationScripts", "PartnumberBooks", "TestSupport",
            ],
            swiftSettings: house),
        .testTarget(
            name: "TasksTests", dependencies: ["Chronology", "Database", "Harness", "Tasks", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "PartnumberBooksTests",
            dependencies: [
                "Chronology", "Database", "Harness", "MigrationScripts", "Migrations", "PartnumberBooks", "Retention",
                "Tasks", "TestSupport", crypto,
            ],
            swiftSettings: house),
        // Runs the program itself, as its users do.
        .testTarget(
            name: "pnbookTests", dependencies: ["Database", "Harness", "pnbook", "Tasks", "TestSupport"],
            swiftSettings: house),
        // Breaks the program and what it stands on, and looks at what is left.
        .testTarget(
            name: "FaultTests",
            dependencies: ["Database", "Harness", "PartnumberBooks", "pnbook", "TestSupport", crypto],
            swiftSettings: house),
        // Runs the benchmark once, small, so that it keeps working.
        .testTarget(
            name: "pnbookBenchTests", dependencies: ["Database", "Harness", "pnbook", "pnbook-bench", "TestSupport"],
            swiftSettings: house),
        // Measures the program and its designs.
        .executableTarget(
            name: "pnbook-bench",
            dependencies: ["Chronology", "Database", "DatabaseMariaDB", "DatabaseSQLite", "Harness", argumentParser],
            path: "Tests/Benchmark",
            swiftSettings: house),
        // What the tests, the benchmark and the program with faults share: servers, sockets, processes, threads.
        .target(
            name: "Harness", dependencies: ["Database", "DatabaseMariaDB"], path: "Tests/Harness", swiftSettings: house),
        // What only tests need of it: the two engines, the tally, the program under test.
        .target(
            name: "TestSupport",
            dependencies: ["Database", "DatabaseMariaDB", "DatabaseSQLite", "Harness"],
            path: "Tests/Support",
            swiftSettings: house),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
    ]
)
