import ArgumentParser
import ErrorModel
import Operations

/// Whether books are drawn instead of listed.
struct CalendarOptions: ParsableArguments {
    @Flag(
        name: .long,
        help: ArgumentHelp(
            "Draw a calendar of what is kept and what is removed, instead of a table.",
            discussion: "In colour on a terminal (but under NO_COLOR), in plain ASCII elsewhere."))
    var calendar = false

    /// - Throws: `UsageError` together with `--json`.
    func check(_ common: CommonOptions) throws {
        if calendar, common.json {
            throw UsageError("--calendar draws for people; leave out --json")
        }
    }
}
