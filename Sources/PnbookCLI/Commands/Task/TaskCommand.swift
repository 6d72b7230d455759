import ArgumentParser

/// `pnbook task …`: the shared task model (<doc:TaskModel>).
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "See what is running and what ran; stop it; clean up.",
        subcommands: [TaskList.self, TaskShow.self, TaskWatch.self, TaskCancel.self, TaskClean.self])
}
