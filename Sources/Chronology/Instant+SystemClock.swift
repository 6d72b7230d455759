import FoundationEssentials

extension Instant {
    /// The machine's clock. Only the outermost layer reads it; everything else receives an instant.
    package static func fromSystemClock() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
