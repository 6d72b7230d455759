package import ErrorModel

/// Why a book cannot be a workbook. Whatever was written of it is thrown away.
package enum WorkbookError: Diagnosable, Hashable {
    /// A text that is longer than a cell may be.
    case cellTooLong(partnumber: String, column: String, length: Int)
    case archiveTooLarge
    case memory

    package var text: DisplayText {
        switch self {
        case .cellTooLong(let partnumber, let column, let length):
            "the \(column) of part number \(partnumber) has \(length) characters, and a cell of a workbook holds "
                + "\(WorkbookText.longest)"
        case .archiveTooLarge: "the workbook would be larger than 4 GiB, which not every program can read"
        case .memory: "there is not enough memory to compress a workbook"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .cellTooLong, .archiveTooLarge: .badData
        case .memory: .tryLater
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .cellTooLong, .archiveTooLarge: .text("Export it as .csv or .ndjson")
        case .memory: .tryAgain
        }
    }
}
