import ArgumentParser
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations

/// `pnbook service`: units for systemd.
struct Service: Command {
    static let configuration = CommandConfiguration(
        abstract: "Print systemd units that run 'create' every night with this configuration.",
        discussion: """
            The service is hardened, gets its files as credentials, and tries again for an hour while the database is away; \
            the timer makes up for a night when the machine was off. To install:

              sudo pnbook service --to /etc/systemd/system
              sudo systemctl daemon-reload && sudo systemctl enable --now pnbook.timer

            With --web it prints the units of the admin's page instead, which systemd starts by its socket:

              sudo sh -c 'umask 077; openssl rand -base64 32 > /etc/pnbook/web-token'
              sudo pnbook service --web --to /etc/systemd/system
              sudo systemctl daemon-reload && sudo systemctl enable --now pnbook-web.socket
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: ArgumentHelp("When, in the configured time zone.", valueName: "hh:mm"))
    var at = "03:30"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Delay the start by a part of this time, on each machine always the same.", valueName: "duration"))
    var jitter = "15m"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The user it runs as. (default: a dynamic one of systemd; for SQLite the file's owner)", valueName: "name"))
    var user: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A unit to start when a night has failed for good, such as pnbook-failed@%n.service; may be repeated.",
            valueName: "unit"))
    var onFailure: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("The program, by its full path. (default: this one)", valueName: "file"))
    var program: String?

    @Option(name: .long, help: ArgumentHelp("Write both units into this folder instead.", valueName: "folder"))
    var to: String?

    @Flag(name: .long, help: "Replace units of these names that 'pnbook service' has not written, too.")
    var replace = false

    @OptionGroup var page: WebServiceOptions

    mutating func run(_ context: CommandContext) throws {
        let units = try page.site().map { try web(context, $0) } ?? nightly(context)
        for warning in units.warnings { context.logger.warn(warning) }
        if let to {
            try write(units, to)
            context.logger.debug("wrote \(units.names.joined(separator: " and ")) to \(to)")
        }
        try context.print(ServiceResult(units: units, folder: to))
    }

    private func web(_ context: CommandContext, _ site: WebUnits.Site) throws -> UnitFiles {
        try requireOwner(context)
        let own = try programPath()
        let path = program ?? own.folderPath + "/pnbook-web"
        return UnitFiles(try WebUnits(context.run, context.configuration, program: path, user: user, site: site))
    }

    private func requireOwner(_ context: CommandContext) throws {
        if user == nil, let path = SystemdUnits.fileWithoutOwner(context.run.databaseURL) {
            throw UsageError("\(path) is not there, or its owner has no name; say who runs it: --user NAME")
        }
    }

    private func nightly(_ context: CommandContext) throws -> UnitFiles {
        guard at.wholeMatch(of: /([01]\d|2[0-3]):[0-5]\d/) != nil else {
            throw UsageError("--at '\(at)' is not a time of day; write one such as 03:30")
        }
        guard let seconds = DurationArgument.seconds(jitter), seconds <= 43_200 else {
            throw UsageError("--jitter '\(jitter)' is not a duration up to 12h; write one such as 15m")
        }
        try requireOwner(context)
        return UnitFiles(
            try SystemdUnits(
                context.run, context.configuration, program: try programPath(), user: user,
                onFailure: try failureUnits(), at: at, jitter: Int(seconds)))
    }

    private func failureUnits() throws -> [UnitName] {
        try onFailure.map { text in
            guard let name = UnitName(text) else {
                throw UsageError(
                    "--on-failure '\(text)' is not a unit's name; write one such as pnbook-failed@%n.service")
            }
            guard !["pnbook.service", "%n"].contains(text) else {
                throw UsageError("--on-failure '\(text)' is the service itself, which would start again for ever")
            }
            return name
        }
    }

    private func write(_ units: UnitFiles, _ folder: String) throws {
        let files = units.files
        let replaceable = { (mark: FileMark) -> AtomicFile.Replaceable in replace ? .anything : .marked(mark) }
        // Both or neither.
        for file in files { try AtomicFile.check(folder + "/" + file.name, replacing: replaceable(file.mark)) }
        for file in files {
            try AtomicFile.write(
                file.text, to: folder + "/" + file.name, rights: .everyone, replacing: replaceable(file.mark))
        }
    }

    private func programPath() throws -> String {
        let path = program ?? OwnProgram.path
        guard path.hasPrefix("/") else {
            throw UsageError("--program '\(path)' is not a full path; systemd needs one")
        }
        return path
    }
}
