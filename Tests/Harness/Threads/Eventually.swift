import Foundation

/// Waits until `condition` is true: looks again every few milliseconds.
///
/// - Parameters:
///   - seconds: how long to wait at most; generous, since a loaded machine is slow.
///   - what: the condition in words, for the error: "the server answers".
///   - interval: the pause between two looks, in microseconds.
/// - Throws: ``TookTooLong``, or what `condition` throws.
package func eventually(
    _ seconds: Double = 60, _ what: String, every interval: UInt32 = 5000, _ condition: () throws -> Bool
) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw TookTooLong(what: what) }
        usleep(interval)
    }
}
