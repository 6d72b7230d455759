import Testing

/// Every field of a document is there, and is null where it has no value (<doc:JSONOutput#Conventions>): the encoder leaves out
/// an optional that is not marked.
@Suite("Null in JSON")
struct NullPolicyTests {
    private static let folders = [
        "Sources/PnbookCLI/Output", "Sources/PnbookCLI/Terminal", "Sources/Operations/Results",
        "Sources/PnbookWeb",
    ]

    @Test("Every optional property of a document is written as null where it is nil")
    func explicit() throws {
        let types = try EncodableType.all(in: Self.folders)
        #expect(types.filter { !$0.missing.isEmpty } == [])
        // The documents were really read: one with many such fields, one with keys of its own, one of another target.
        let explicit = Dictionary(types.map { ($0.name, $0.explicit) }) { first, second in first + second }
        #expect(explicit["ShowResult"] == ["pinned", "activated", "recordedDigest", "taskId", "forecast"])
        #expect(explicit["ForecastDocument"] == ["observedDays", "nextBook", "keptUntil"])
        #expect(explicit["ExportDocument"] == ["update", "active"])
        #expect(explicit["TaskEventDocument"] == ["startedAt", "finishedAt", "success"])
    }

    @Test("An optional without the mark is found")
    func found() {
        let source = #"""
            /// A document: Encodable {
            package struct Outer: Encodable, Sendable {
                let id: Int?
                @ExplicitNull package var name: String?
                private(set) var count: Int? = nil
                let text = "struct Text: Encodable { let x: Int?"
                var isEmpty: Bool? { nil }
                func body() {
                    let local: Int? = nil
                }

                struct Inner: Encodable {
                    let deep: [Int]?
                }
            }

            struct Chosen: CommandResult {
                let shown: Int?
                let hidden: Int?

                private enum CodingKeys: CodingKey {
                    case shown
                }
            }

            struct Written<Value: Encodable>: Encodable {
                let value: Value?

                func encode(to encoder: any Encoder) throws {}
            }

            struct Plain {
                let value: Int?
            }
            """#
        let types = EncodableType.all(in: source)
        #expect(types.map(\.name) == ["Outer", "Inner", "Chosen", "Written"])
        #expect(types.map(\.missing) == [["id", "count"], ["deep"], ["shown"], []])
        #expect(types.map(\.explicit) == [["name"], [], [], []])
    }
}
