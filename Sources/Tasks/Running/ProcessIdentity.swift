/// Which process works on a task, so that others can tell whether it is still alive.
package struct ProcessIdentity: Hashable, Sendable {
    package var host: String
    package var pid: Int32
    /// Of the running kernel: a process number means nothing after a reboot.
    package var bootID: String
    /// When the process started, in the kernel's ticks since boot: process numbers are reused.
    package var processStart: String

    package init(host: String, pid: Int32, bootID: String, processStart: String) {
        self.host = host
        self.pid = pid
        self.bootID = bootID
        self.processStart = processStart
    }
}
