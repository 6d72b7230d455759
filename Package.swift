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

// Told by the build of a program that is installed (.packaging/program); every other build is of whatever lies in the folder.
let revision: [CSetting] =
    Context.environment["PNBOOK_COMMIT"].map { [.define("PNBOOK_COMMIT", to: "\"\($0)\"")] } ?? []

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "pnbook",
    products: [
        .executable(name: "pnbook", targets: ["pnbook"]), .executable(name: "pnbook-web", targets: ["pnbook-web"]),
    ],
    // Exact, because no lock file is kept in this repository: every build takes the same code, and another version is a
    // change of its own.
    dependencies: [
        // Flags, help texts, completions and the man page.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Log lines on stderr, with levels.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // SHA-256 for digests, checksums and plan hashes.
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        // The event loop, the parser of HTTP/1.1 and the frames of WebSockets for the admin's page; pnbook links none of it.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // What SwiftNIO takes by a range and the page's program links; named here for their exact versions alone.
        .package(url: "https://github.com/apple/swift-atomics", exact: "1.3.0"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    ],
    targets: [
        // Parses, runs and exits; nothing else.
        .executableTarget(name: "pnbook", dependencies: ["PnbookCLI"], swiftSettings: house),
        // Parses, runs and exits; nothing else. The page's server links what only it needs, and pnbook none of that.
        .executableTarget(name: "pnbook-web", dependencies: ["PnbookWeb"], swiftSettings: house),
        // The admin's page: its routes, who may use them, and the runs that it starts. No SQL, and no job.
        .target(
            name: "PnbookWeb",
            dependencies: [
                "Chronology", "Database", "ErrorModel", "Operations", "PartnumberBooks", "Pipelines", "Retention",
                "Tasks",
                "WebServer", argumentParser, crypto, logging,
            ],
            resources: [
                .embedInCode("Page/advice.js"),
                .embedInCode("Page/api.js"),
                .embedInCode("Page/base.css"),
                .embedInCode("Page/book-actions.js"),
                .embedInCode("Page/books.css"),
                .embedInCode("Page/books.js"),
                .embedInCode("Page/compare.js"),
                .embedInCode("Page/create.js"),
                .embedInCode("Page/dialogs.js"),
                .embedInCode("Page/dom.js"),
                .embedInCode("Page/explain.js"),
                .embedInCode("Page/icon.svg"),
                .embedInCode("Page/index.html"),
                .embedInCode("Page/language.js"),
                .embedInCode("Page/live.js"),
                .embedInCode("Page/narrow.css"),
                .embedInCode("Page/page.js"),
                .embedInCode("Page/parts.css"),
                .embedInCode("Page/phrases.js"),
                .embedInCode("Page/problems.js"),
                .embedInCode("Page/report.js"),
                .embedInCode("Page/running.js"),
                .embedInCode("Page/runs.js"),
                .embedInCode("Page/shelf.js"),
                .embedInCode("Page/texts-advice.js"),
                .embedInCode("Page/texts-books.js"),
                .embedInCode("Page/texts-program.js"),
                .embedInCode("Page/texts-runs.js"),
                .embedInCode("Page/texts.js"),
                .embedInCode("Page/toasts.js"),
            ],
            swiftSettings: house),
        // The command line: flags in, text and JSON out.
        .target(
            name: "PnbookCLI",
            dependencies: [
                "Chronology", "Database", "ErrorModel", "Migrations", "Operations", "PartnumberBooks", "Retention",
                "Tasks", argumentParser, logging,
            ],
            swiftSettings: house),
        // What any front end needs, without a flag or a terminal.
        .target(
            name: "Operations",
            dependencies: [
                "Chronology", "CRevision", "CSpawn", "Database", "DatabaseMariaDB", "DatabaseSQLite", "ErrorModel",
                "Migrations", "MigrationScripts", "PartnumberBooks", "Pipelines", "Retention", "Tasks", logging,
            ],
            swiftSettings: house),
        .target(
            name: "PartnumberBooks",
            dependencies: ["Chronology", "CZlib", "Database", "ErrorModel", "Pipelines", "Retention", "Tasks", crypto],
            swiftSettings: house),
        .target(name: "Retention", dependencies: ["Chronology", "ErrorModel"], swiftSettings: house),
        .target(
            name: "Tasks", dependencies: ["Chronology", "Database", "ErrorModel", "Pipelines"], swiftSettings: house),
        .target(
            name: "Migrations", dependencies: ["Chronology", "Database", "ErrorModel", crypto], swiftSettings: house),
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
        .target(name: "Chronology", dependencies: ["ErrorModel"], swiftSettings: house),
        // What every error says of itself, for front ends to word.
        .target(name: "ErrorModel", swiftSettings: house),
        .target(name: "Database", dependencies: ["ErrorModel"], swiftSettings: house),
        .target(name: "DatabaseSQLite", dependencies: ["CSQLite", "Database", "ErrorModel"], swiftSettings: house),
        .target(name: "Pipelines", dependencies: ["ErrorModel"], swiftSettings: house),
        // HTTP/1.1 and WebSockets, within limits; nothing of books.
        .target(
            name: "WebServer",
            dependencies: [
                "ErrorModel",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "Atomics", package: "swift-atomics"),
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: house),
        .target(
            name: "DatabaseMariaDB", dependencies: ["CMariaDB", "Database", "ErrorModel", "Pipelines"],
            swiftSettings: house),
        .testTarget(name: "ChronologyTests", dependencies: ["Chronology"], swiftSettings: house),
        .testTarget(name: "PipelinesTests", dependencies: ["ErrorModel", "Pipelines"], swiftSettings: house),
        .testTarget(
            name: "RetentionTests", dependencies: ["Chronology", "ErrorModel", "Harness", "Retention"],
            swiftSettings: house),
        .testTarget(
            name: "DatabaseTests",
            dependencies: [
                "CMariaDB", "Database", "DatabaseMariaDB", "DatabaseSQLite", "ErrorModel", "Harness", "TestSupport",
            ],
            swiftSettings: house),
        .testTarget(
            name: "MigrationsTests",
            dependencies: [
                "Chronology", "Database", "Migrations", "MigrationScripts", "PartnumberBooks", "TestSupport",
            ],
            swiftSettings: house),
        .testTarget(
            name: "TasksTests",
            dependencies: ["Chronology", "Database", "ErrorModel", "Harness", "Pipelines", "Tasks", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "PartnumberBooksTests",
            dependencies: [
                "Chronology", "Database", "ErrorModel", "Harness", "MigrationScripts", "Migrations", "PartnumberBooks",
                "Retention", "Tasks", "TestSupport", crypto,
            ],
            swiftSettings: house),
        .testTarget(
            name: "PnbookWebTests",
            dependencies: [
                "Chronology", "Database", "ErrorModel", "Harness", "Operations", "PartnumberBooks", "Pipelines",
                "pnbook",
                "pnbook-faulty", "pnbook-web", "PnbookCLI", "PnbookWeb", "Retention", "Tasks", "TestSupport",
                "WebServer", logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "WebServerTests", dependencies: ["ErrorModel", "Harness", "WebServer"], swiftSettings: house),
        // Runs the program itself, as its users do.
        .testTarget(
            name: "pnbookTests",
            dependencies: [
                "Chronology", "CZlib", "Database", "DatabaseMariaDB", "ErrorModel", "Harness", "Migrations",
                "Operations",
                "PartnumberBooks", "Pipelines", "pnbook", "PnbookCLI", "Retention", "Tasks", "TestSupport",
                argumentParser, logging,
            ],
            swiftSettings: house),
        // Breaks the program and what it stands on, and looks at what is left.
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "Database", "ErrorModel", "Harness", "PartnumberBooks", "pnbook", "pnbook-faulty", "TestSupport",
                crypto,
            ],
            swiftSettings: house),
        // Breaks a cluster of three nodes, and looks at what the program says and what is left.
        .testTarget(
            name: "ClusterTests", dependencies: ["Database", "Harness", "pnbook", "TestSupport"], swiftSettings: house),
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
        // The program with connections that can be made to fail.
        .executableTarget(
            name: "pnbook-faulty", dependencies: ["Database", "ErrorModel", "Harness", "PnbookCLI"],
            path: "Tests/FaultyPnbook",
            swiftSettings: house),
        // What tests, the benchmark and the program with faults share: servers, sockets, processes, threads.
        .target(
            name: "Harness", dependencies: ["Database", "DatabaseMariaDB"], path: "Tests/Harness", swiftSettings: house),
        // What only tests need: the two engines, the tally, the programs under test.
        .target(
            name: "TestSupport",
            dependencies: ["Database", "DatabaseMariaDB", "DatabaseSQLite", "ErrorModel", "Harness"],
            path: "Tests/Support",
            swiftSettings: house),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        // The commit that a build is of. In C, so that another commit compiles one line anew.
        .target(name: "CRevision", cSettings: revision),
        // A call of glibc's that Swift does not see.
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        // Compresses workbooks.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    ]
)

// What Tests/fuzz builds: with the engine of the toolchain and a sanitizer, which no other build has.
if Context.environment["PNBOOK_FUZZ"] != nil {
    package.targets += [
        .executableTarget(
            name: "pnbook-fuzz",
            dependencies: [
                "CLibFuzzer", "Chronology", "Database", "DatabaseMariaDB", "DatabaseSQLite", "ErrorModel", "Harness",
                "MigrationScripts", "Migrations", "Operations", "PartnumberBooks", "PnbookCLI", "Retention", "Tasks",
                argumentParser,
            ],
            path: "Tests/Fuzz",
            exclude: ["Corpus"],
            swiftSettings: house),
        .systemLibrary(name: "CLibFuzzer", path: "Tests/FuzzDriver"),
    ]
}
