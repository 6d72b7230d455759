import Foundation

extension Output {
    /// The columns of the terminal; nil where this is none. `COLUMNS` counts before what the terminal says, as POSIX has it.
    func width(_ environment: [String: String]) -> Int? {
        guard isTerminal else { return nil }
        guard let wanted = environment["COLUMNS"].flatMap({ Int($0) }), (1...10_000).contains(wanted) else {
            return columns
        }
        return wanted
    }
}
