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
        let store = try context.run.storedTasks()
        let record = try task.find(in: store)
        try context.print(try store?.settled(record) ?? record, as: form.format)
    }
}
