import Pipelines

/// Sorts blocks and writes them to a file as runs, one after the other, each on a thread of its own.
final class RunWriter {
    let file: SpillFile
    private var writing: WorkerThread<Void>?

    init(_ file: SpillFile) {
        self.file = file
    }

    /// Begins to write `block`, once the one before it is written. It is not to be touched until the next call, and is
    /// empty then.
    ///
    /// - Throws: ``Pipelines/ThreadError`` and `SpillError`, the latter also for the block before.
    func begin(_ block: ItemBlock) throws {
        try wait()
        // Unsafe, because both come back: only the thread uses them until it has been joined.
        nonisolated(unsafe) let file = file
        nonisolated(unsafe) let block = block
        writing = try WorkerThread("sort") {
            block.sort()
            try file.writeRun(block)
            block.removeAll()
        }
    }

    /// Waits until nothing is being written.
    ///
    /// - Throws: `SpillError`.
    func wait() throws {
        try writing?.result()
    }
}
