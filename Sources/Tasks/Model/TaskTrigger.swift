/// Who or what began a task: `manual:<user>`, `scheduled` or `api:<client>` (<doc:TaskModel#Triggers>).
package struct TaskTrigger: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The most characters the column holds.
    package static let maximumLength = 100

    /// Nil where the text is in none of the three forms, or is too long.
    package init?(_ text: String) {
        guard text.unicodeScalars.count <= Self.maximumLength,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        let hasName = { (prefix: String) in text.hasPrefix(prefix) && text.count > prefix.count }
        guard text == "scheduled" || hasName("manual:") || hasName("api:") else { return nil }
        description = text
    }

    /// A timer.
    package static let scheduled = TaskTrigger(known: "scheduled")

    private init(known description: String) {
        self.description = description
    }
}
