import Chronology
import ErrorModel
import FoundationEssentials
import Glibc
import Operations

/// Writes text to a descriptor and reports every error: `print` loses output on a full disk and exits 0.
struct Output: Sendable {
    let descriptor: Int32
    /// Whether it is systemd's journal, which takes a priority in front of each line and is English.
    let isJournal: Bool
    /// The zone of times in texts for people.
    let zone: MessageZone
    /// The language of texts for people; nil for English.
    private let language: Language
    /// The bar that may be on the terminal's last line.
    private let statusLine = StatusLine()

    init(descriptor: Int32, isJournal: Bool = false, language: Language = .english, zone: MessageZone = MessageZone()) {
        self.descriptor = descriptor
        self.isJournal = isJournal
        self.language = isJournal ? .english : language
        self.zone = zone
    }

    /// The texts in the language of this output; nil for English. Asked for when a text is printed: a catalogue takes milliseconds to
    /// be read, which a run without a text need not wait for.
    var translation: Translation? { language.translation }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether the cursor can be moved and colours shown.
    func canDraw(_ environment: [String: String]) -> Bool {
        isTerminal && environment["TERM"] != "dumb"
    }

    /// The terminal's width in columns; 80 if unknown.
    var columns: Int {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Writes all of a text for people.
    ///
    /// - Throws: ``OutputError``.
    func write(_ text: DisplayText) throws { try write(document: shown(text)) }

    /// The same for whole lines of which the journal, if this is one, is told how serious they are.
    ///
    /// - Throws: ``OutputError``.
    func write(_ text: DisplayText, priority: JournalPriority) throws {
        let text = shown(text)
        try write(document: isJournal ? priority.marking(text) : text)
    }

    /// As it is printed: in the language and the zone of this output.
    func shown(_ text: DisplayText) -> String {
        text.string(in: translation, clock: zone.zone.clock)
    }

    /// Writes all of a document for programs, whose writer has escaped what is in it.
    ///
    /// - Throws: ``OutputError``.
    func write(document text: String) throws {
        try statusLine.withoutBar { erasing in try writeBytes(erasing + text) }
    }

    /// Draws a bar on the terminal's last line, in place of the one that may be there; what is written next takes it off.
    ///
    /// - Throws: ``OutputError``.
    func show(bar: DisplayText) throws {
        try statusLine.show(bar) { try writeBytes($0) }
    }

    /// Takes the bar off the line.
    ///
    /// - Throws: ``OutputError``.
    func takeOffBar() throws { try write(document: "") }

    private func writeBytes(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Writes all of some bytes.
    ///
    /// - Throws: ``OutputError``.
    func write(bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw OutputError(descriptor: descriptor, number: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Checks before any work whether output can be written at all. A terminal is not checked.
    ///
    /// Nothing is written for that: a reader that has gone shows in the pipe's state, a device that takes nothing in a write of
    /// no bytes, and a full disk in its file system's status.
    ///
    /// - Throws: ``OutputError``.
    func probe() throws {
        if isTerminal { return }
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if Glibc.poll(&poll, 1, 0) > 0, poll.revents & Int16(POLLERR | POLLHUP) != 0 {
            throw OutputError(descriptor: descriptor, number: EPIPE)
        }
        guard Glibc.write(descriptor, "", 0) == 0 else { throw OutputError(descriptor: descriptor, number: errno) }
        try probeRoom()
    }

    /// Bytes that the smallest result may need.
    private static let smallRoom: UInt64 = 4096

    private func probeRoom() throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0, limit.rlim_cur <= rlim_t(status.st_size)
        {
            throw OutputError(descriptor: descriptor, number: EFBIG)
        }
        var disk = statvfs()
        // A file system that counts no blocks has none free without being full.
        guard fstatvfs(descriptor, &disk) == 0, disk.f_blocks > 0 else { return }
        let free = UInt64(geteuid() == 0 ? disk.f_bfree : disk.f_bavail) * UInt64(disk.f_frsize)
        if free < Self.smallRoom { throw OutputError(descriptor: descriptor, number: ENOSPC) }
    }
}
