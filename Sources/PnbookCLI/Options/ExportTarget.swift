import ArgumentParser
import FoundationEssentials
import PartnumberBooks

extension ExportFormat: ExpressibleByArgument {}

/// Where an export goes and as what: the values of `--to` and `--format`.
struct ExportTarget {
    let format: ExportFormat
    /// Nil for standard output.
    let path: String?

    /// Standard output under other names. Opened as files they would be devices or pipes, which no export replaces.
    private static let standardOutput: Set = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]

    /// - Throws: `ValidationError` where the two do not say what is written, or do not go together.
    init(to: String, format: ExportFormat?) throws {
        let isOutput = Self.standardOutput.contains(to)
        let ending = isOutput ? nil : ExportFormat(ofFile: to)
        if let ending, let format, ending != format {
            throw ValidationError(
                "--to '\(to)' ends in .\(ending.rawValue), and --format says \(format.rawValue); leave one of them out")
        }
        guard let format = format ?? ending else {
            throw ValidationError(
                isOutput
                    ? "--to \(to) needs --format csv, ndjson or xlsx"
                    : "--to '\(to)': the ending decides what is written: .xlsx (for spreadsheets), .csv, .ndjson or .db "
                        + "(QuoteForge's SQLite file); for another ending add --format")
        }
        if isOutput, format == .sqlite {
            throw ValidationError(
                "--to \(to): QuoteForge's SQLite file cannot be written to standard output; give a file that ends in .db"
            )
        }
        self.format = format
        path = isOutput ? nil : to
    }
}
