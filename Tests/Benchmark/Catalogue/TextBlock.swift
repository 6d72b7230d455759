import Harness

/// The texts of one row in one block of memory, so that millions of rows cost no allocation.
final class TextBlock {
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 8)
    private var used = 0

    deinit {
        memory.deallocate()
    }

    /// Forgets the last row's texts.
    func reset() {
        used = 0
    }

    /// What `body` appends, as one text; valid until ``reset()``.
    func text(_ body: (TextBlock) -> Void) -> UnsafeRawBufferPointer {
        let start = used
        body(self)
        return UnsafeRawBufferPointer(rebasing: memory[start..<used])
    }

    func append(_ byte: UInt8) {
        memory[used] = byte
        used += 1
    }

    func append(_ text: StaticString) {
        for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
    }

    private static let digits: [UInt8] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// `number` in base 36 with so many digits, so that texts order as their numbers do.
    func append(base36 number: Int, digits count: Int) {
        var divisor = 1
        for _ in 1..<count { divisor *= 36 }
        var rest = number
        for _ in 0..<count {
            append(Self.digits[rest / divisor % 36])
            rest %= divisor
            divisor = max(1, divisor / 36)
        }
    }

    /// So many random letters and digits.
    func append(random count: Int, _ random: inout SplitMix64) {
        for _ in 0..<count { append(Self.digits[random.below(36)]) }
    }
}
