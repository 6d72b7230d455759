import Database
import Foundation
import Harness
import Testing

@testable import Operations
@testable import PartnumberBooks

/// What stands in for functions of Foundation that bring its tables of all languages with them: it does the same.
@Suite("Stand-ins for Foundation")
struct StandInTests {
    private static let pieces = [
        "a", "B", "/", "//", ".", "..", " ", "\t", "\n", "\u{A0}", "\u{2003}", "e", "\u{301}", "\u{1100}", "\u{1161}",
        "é", "Å", "\u{212B}", "\u{212A}", "\u{37E}", "日", "🙂", "\r\n", "{", "}", "[", "]", ",", ":", "\"", "\\",
        "\\u0041",
        "1", "-", "0.5e3", "true", "null",
    ]

    /// The same texts each time.
    private static let texts: [String] = {
        var generator = SplitMix64(seed: 20_261_127)
        return (0..<4000).map { _ in
            (0..<Int.random(in: 0...9, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
        }
    }()

    // Foundation's own traps on some of these, such as a slash with an accent on it.
    @Test("A path's folder and its last component are the C library's, and a mere name has none")
    func paths() {
        for text in Self.texts where !text.isEmpty && !text.utf8.starts(with: "//".utf8) {
            var (folder, last) = (Array(text.utf8CString), Array(text.utf8CString))
            let expected = folder.withUnsafeMutableBufferPointer { String(cString: dirname($0.baseAddress)) }
            #expect(
                Array((text.folderPath.isEmpty ? "." : text.folderPath).utf8) == Array(expected.utf8),
                "\(text.debugDescription)")
            let name = last.withUnsafeMutableBufferPointer { String(cString: __xpg_basename($0.baseAddress)) }
            #expect(Array(text.lastPathComponent.utf8) == Array(name.utf8), "\(text.debugDescription)")
        }
        #expect(
            "//".folderPath == "/" && "//a".folderPath == "/" && "//".lastPathComponent == "/" && "".folderPath == "")
    }

    @Test("A trimmed text is the one without the set of white space")
    func trimming() {
        for text in Self.texts {
            let mine = text[...].trimmed
            #expect(
                Array(mine.utf8) == Array(text.trimmingCharacters(in: .whitespaces).utf8), "\(text.debugDescription)")
        }
    }

    @Test("Composed and decomposed texts are Unicode's, of every scalar of the first plane and of mixed ones")
    func canonicalForms() {
        let scalars = (0..<0x3000 as Range<UInt32>).compactMap(Unicode.Scalar.init).filter {
            $0.properties.generalCategory != .unassigned
        }
        for text in Self.texts + scalars.map(String.init) {
            #expect(
                Array(text.canonicallyComposed.utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8),
                "\(text.debugDescription)")
            #expect(
                Array(text.canonicallyDecomposed.utf8) == Array(text.decomposedStringWithCanonicalMapping.utf8),
                "\(text.debugDescription)")
        }
    }

    @Test("What has no fault in its syntax is what Foundation reads as JSON, but for numbers, escapes and depth")
    func syntax() {
        for text in Self.texts {
            let isSound = (try? JSONSyntax.check(Array(text.utf8))) != nil
            let isRead = (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
            if isRead { #expect(isSound, "\(text.debugDescription)") }
            if isSound, !isRead { #expect(text.contains { "0123456789-\\".contains($0) }, "\(text.debugDescription)") }
        }
    }
}
