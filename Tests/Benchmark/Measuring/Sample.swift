/// What one run of something cost.
struct Sample: Sendable {
    /// Wall clock.
    var seconds: Double
    /// Seconds of user and system time of the process that asked.
    var clientProcessor: Double?
    /// The same of the server, all its threads.
    var serverProcessor: Double?
    /// Highest resident memory in bytes, of a process of its own.
    var peakMemory: Int?
}

/// Several runs of the same thing.
struct Samples: Sendable {
    private(set) var all: [Sample] = []

    mutating func add(_ sample: Sample) {
        all.append(sample)
    }

    var seconds: Double { median(\.seconds) ?? 0 }
    var minimum: Double { all.map(\.seconds).min() ?? 0 }
    var maximum: Double { all.map(\.seconds).max() ?? 0 }
    var clientProcessor: Double? { median(\.clientProcessor) }
    var serverProcessor: Double? { median(\.serverProcessor) }
    var peakMemory: Int? { all.compactMap(\.peakMemory).max() }

    /// Processor time of both sides, in seconds: on a busy machine steadier than the wall clock.
    var processor: Double? {
        median { sample in sample.clientProcessor.map { $0 + (sample.serverProcessor ?? 0) } }
    }

    private func median(_ value: (Sample) -> Double?) -> Double? {
        let values = all.compactMap(value)
        return values.isEmpty ? nil : values.quantile(0.5)
    }
}

extension [Double] {
    /// The value below which such a share of all lies; between the two middle ones for the median of an even number.
    func quantile(_ share: Double) -> Double {
        let sorted = self.sorted()
        guard let last = sorted.last else { return 0 }
        let position = share * Double(sorted.count - 1)
        let index = Int(position)
        guard index + 1 < sorted.count else { return last }
        return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
    }
}
