extension Child {
    /// Waits until the process stands still or has ended.
    func waitForRest() throws {
        // A process that ends between the two looks has no state any more.
        try eventually(30, "pnbook stands or has ended") {
            !isRunning || (try? OneAtATimeTests.isStopped(pid)) != false
        }
    }
}
