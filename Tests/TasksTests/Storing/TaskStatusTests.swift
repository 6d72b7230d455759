import Tasks
import Testing

@Suite("Task status")
struct TaskStatusTests {
    @Test(
        "The words of the host's other programs are understood",
        arguments: [
            ("queued", TaskStatus.pending), ("processing", .running), ("fetching", .running), ("passed", .completed),
            ("success", .completed), ("error", .failed), ("canceled", .cancelled), ("PENDING", .pending),
            ("completed_with_warnings", .completedWithWarnings),
        ])
    func aliases(word: String, status: TaskStatus) {
        #expect(TaskStatus(stored: word) == status)
    }

    @Test("A word that nobody knows is no status")
    func unknown() {
        #expect(TaskStatus(stored: "resting") == nil)
    }

    @Test("Who triggered a task is one of three forms")
    func triggeredBy() {
        #expect(TaskTrigger("manual:ann")?.description == "manual:ann")
        #expect(TaskTrigger("scheduled")?.description == "scheduled")
        #expect(TaskTrigger("api:quoteforge")?.description == "api:quoteforge")
        for text in [
            "", "ann", "manual:", "api:", "scheduled:x", "manual:a\nb", "manual:" + String(repeating: "x", count: 94),
        ] {
            #expect(TaskTrigger(text) == nil, "\(text)")
        }
    }
}
