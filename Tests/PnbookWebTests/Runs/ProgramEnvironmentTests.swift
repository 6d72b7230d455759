import Operations
import Testing

/// The configuration in force, as the program that the page starts sees it.
@Suite("The configuration of a run")
struct ProgramEnvironmentTests {
    private static func variables(
        _ flags: [ConfigurationKey: String], _ environment: [String: String]
    ) throws -> [String: String] {
        let overrides = flags.mapValues { Configuration.Override(value: $0, name: "--x") }
        return try Configuration(
            overrides: overrides, environment: environment.merging(["XDG_CONFIG_HOME": "/dev/null"]) { old, _ in old }
        ).environmentForPrograms.filter { $0.key != "XDG_CONFIG_HOME" && $0.key != "PNBOOK_CONFIG" }
    }

    @Test("Flags become variables, and beat those that there were")
    func flags() throws {
        let variables = try Self.variables(
            [.database: "sqlite:/b.db", .timezone: "UTC"],
            [
                "PNBOOK_DATABASE": "sqlite:/a.db", "PNBOOK_METRICS": "/m", "PATH": "/bin", "SECRET": "s",
                "PNBOOK_OTHER": "o",
            ])
        #expect(
            variables == [
                "PNBOOK_DATABASE": "sqlite:/b.db", "PNBOOK_TIMEZONE": "UTC", "PNBOOK_METRICS": "/m", "PATH": "/bin",
            ])
    }

    @Test("A password's flag is the one source, as it is for the page itself")
    func password() throws {
        let environment = ["PNBOOK_PASSWORD_COMMAND": "vault read x"]
        #expect(try Self.variables([.passwordFile: "/p"], environment) == ["PNBOOK_PASSWORD_FILE": "/p"])
        #expect(try Self.variables([:], environment) == environment)
    }

    @Test("Who asked for a run is said by its own flag")
    func trigger() throws {
        #expect(try Self.variables([:], ["PNBOOK_TRIGGERED_BY": "scheduled"]).isEmpty)
    }
}
