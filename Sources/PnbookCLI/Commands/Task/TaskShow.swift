import ArgumentParser
import Operations
import Tasks

/// `pnbook task show [ID]`.
struct TaskShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one task, and what it has made.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var form: TaskFormatOptions

    @OptionGroup var task: TaskArgument

    mutating func run(_ context: CommandContext) throws {
        try context.print(try task.find(in: try context.run.storedTasks()), as: form.format)
    }
}
