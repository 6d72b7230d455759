import ErrorModel
import Foundation
import Operations
import Testing

@testable import PnbookCLI
@testable import Tasks

@Suite("Progress bar")
struct ProgressBarTests {
    private static func writing(_ percent: Int, _ done: Int, of total: Int? = 1_336_634) -> TaskProgress {
        TaskProgress(
            percent: percent, phase: "writing the book", message: "not shown",
            count: TaskCount(done, of: total, "items"))
    }

    @Test("The line has the bar, the phase with its count, the time left and the rate")
    func line() {
        var bar = ProgressBar()
        #expect(
            bar.line(Self.writing(40, 0), at: 100, width: 120)
                == "[########............] 40 %  writing the book: 0 of 1 336 634 items")
        #expect(
            bar.line(Self.writing(62, 655_360), at: 110, width: 120)
                == "[############........] 62 %  writing the book: 655 360 of 1 336 634 items  7 s left  65 536 items/s"
        )
        #expect(
            bar.line(Self.writing(62, 1_000, of: nil), at: 400, width: 120)
                == "[############........] 62 %  writing the book: 1 000 items  4 min left  3 items/s")
    }

    @Test("Nothing is estimated from nothing: not at once, not from the first percents, not from another phase")
    func noEstimate() {
        var bar = ProgressBar()
        let reading = TaskProgress(percent: 0, phase: "reading", message: "reading", count: TaskCount(0, "rows"))
        #expect(bar.line(reading, at: 0, width: 200) == "[....................]  0 %  reading: 0 rows")
        #expect(
            bar.line(Self.writing(4, 50_000), at: 10, width: 200)
                == "[....................]  4 %  writing the book: 50 000 of 1 336 634 items")
        #expect(
            bar.line(Self.writing(50, 50_000), at: 14, width: 200)
                == "[##########..........] 50 %  writing the book: 50 000 of 1 336 634 items  14 s left")
        let committing = TaskProgress(percent: 95, phase: "committing", message: "committing")
        #expect(bar.line(committing, at: 15, width: 200) == "[###################.] 95 %  committing  1 s left")
    }

    /// A run of more than a million items, at a rate.
    private static func line(_ width: Int) -> String {
        var bar = ProgressBar()
        _ = bar.line(writing(40, 0), at: 0, width: width)
        return bar.line(writing(62, 1_015_808), at: 10, width: width).string
    }

    @Test("No line reaches the last column, however narrow; words go first, then the rate, then the time")
    func narrow() {
        for width in 1...130 {
            let line = Self.line(width)
            #expect(line.count <= max(1, width - 1))
            #expect(width < 20 || line.contains("62 %"))
            #expect(width < 27 || line.contains("7 s left"), "\(width): \(line)")
            #expect(width < 38 || line.contains("101 580"), "\(width): \(line)")
            #expect(line.contains("left") || !line.contains("/s"))
        }
    }

    @Test("Nothing is cut within a number, at any width")
    func wholeNumbers() {
        let known = ["62", "1 015 808", "1 336 634", "7", "101 580"]
        for width in 6...130 {
            let numbers = Self.line(width).matches(of: /\d+(?: \d{3})*/).map {
                $0.output.trimmingCharacters(in: .whitespaces)
            }
            #expect(numbers.allSatisfy(known.contains), "\(width): \(Self.line(width))")
        }
    }

    @Test("At 80 columns count, time and rate are there, at 50 time and rate")
    func usual() {
        #expect(Self.line(80).contains("1 015 808 of 1 336 634") && Self.line(80).contains("101 580/s"))
        #expect(Self.line(50) == "[####....] 62 %  writing  7 s left  101 580/s")
    }

    @Test("A phase of another program's task neither moves the cursor nor fills the screen")
    func hostile() {
        var bar = ProgressBar()
        let phase = "\r\u{1B}[2J\n\u{9B}x\u{202E}" + "a" + String(repeating: "\u{301}", count: 500)
        let line = bar.line(TaskProgress(percent: 50, phase: phase, message: phase), at: 0, width: 80).string
        #expect(line.hasPrefix("[####....] 50 %  \\u{d}\\u{1b}[2J\\u{a}\\u{9b}x\\u{202e}"))
        #expect(line.unicodeScalars.count == 79)
    }
}
