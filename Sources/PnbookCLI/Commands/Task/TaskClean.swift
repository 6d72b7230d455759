import ArgumentParser
import Chronology
import ErrorModel
import Operations
import Tasks

/// `pnbook task clean`.
struct TaskClean: Command {
    static let configuration = CommandConfiguration(
        commandName: "clean", abstract: "Remove old tasks of all programs; the last of each type and outcome stays.")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: ArgumentHelp("Remove tasks that ended longer ago than this.", valueName: "duration"))
    var olderThan = "\(TaskStore.keptDays)d"

    mutating func run(_ context: CommandContext) throws {
        guard let seconds = DurationArgument.seconds(olderThan) else {
            throw UsageError("--older-than '\(olderThan)' is not a duration; write one such as 12h or 30d")
        }
        try context.probeOutput()
        let store = try context.run.writableTasks()
        try store.prepare()
        let removed = try store.clean(before: context.run.now.advanced(byMilliseconds: -Int64(seconds * 1000)))
        try context.print(TaskCleanResult(removed: removed))
    }
}
