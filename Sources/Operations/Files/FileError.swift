package import ErrorModel
import FoundationEssentials
import Glibc

/// Why a file was not written. What was there is as it was.
package enum FileError: Diagnosable, Hashable {
    case io(String, Int32)
    case link(String)
    case folder(String)
    case notARegularFile(String)
    /// A file that no earlier run of ours has written; what ours would bear.
    case notOurs(String, FileMark)
    /// A leftover that cannot be removed.
    case leftover(String, Int32)
    /// Another process is writing the same file.
    case busy(String)
    /// A file that was not there at the beginning.
    case createdMeanwhile(String)
    /// A journal or write-ahead log of SQLite without its database.
    case orphanedJournal(String)
    /// A SQLite file, and SQLite's message.
    case database(String, DisplayText)

    package var category: ErrorCategory {
        switch self {
        // The same may succeed a little later.
        case .busy, .createdMeanwhile: .tryLater
        case .io, .link, .folder, .notARegularFile, .notOurs, .leftover, .orphanedJournal, .database: .output
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .io(_, let number) where [ENOSPC, EDQUOT, EFBIG].contains(number):
            .text("Make room, or write to another folder")
        case .io: .text("Check the folder and the rights on it, or write to another folder")
        case .link: .text("Give the name of the file itself")
        case .folder: .text("Give the name of a file in it")
        case .notARegularFile: .text("Give the name of a file")
        case .notOurs(_, let mark): mark.remedy
        case .leftover: .text("Remove it by hand")
        case .busy: .text("Try again when it has ended")
        case .createdMeanwhile: .tryAgain
        case .orphanedJournal: .text("Remove it first")
        case .database: .text("Make room, check the rights, or write to another folder")
        }
    }

    package var text: DisplayText {
        switch self {
        case .io(let path, let number):
            "cannot write \(path): \(String(cString: strerror(number)))"
        case .link(let path):
            "\(path) is a symbolic link, and nothing is written through one"
        case .folder(let path):
            "\(path) is a folder"
        case .notARegularFile(let path):
            "\(path) is a device or a pipe, and not a file"
        case .notOurs(let path, let mark):
            "\(path) exists, and is not \(mark.name); it was not changed"
        case .leftover(let path, let number):
            "cannot remove \(path), which a killed run has left: \(String(cString: strerror(number)))"
        case .busy(let path):
            "another process is writing \(path)"
        case .createdMeanwhile(let path):
            "\(path) was not there a moment ago; it was not changed"
        case .orphanedJournal(let path):
            "\(path) belongs to a database that is gone, and would corrupt a new one"
        case .database(let path, let message):
            "cannot write \(path): \(message); nothing was changed"
        }
    }
}
